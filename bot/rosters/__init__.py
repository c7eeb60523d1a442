"""Lists of children, from the mail that brings them to what becomes of each row (policy 3.1, 4.5, 4.7, 8).

`receiving` stages the rows in the commit of their mail; `working` goes through them in batches, each by what its kind
of list is for; `finishing` tells the sender, asks the schools and the officer in one mail each; `replying` hears their
answers row by row; `following` draws what silence means; `expecting` asks for a list that does not come; `keeping`
remembers names on no case for as long as the council says; `rounds` is the tick of all this.
A list, and each question about rows of it, is a subject with a history of its own: `LIST-2026-00042`.
"""
