from parsers.documents import html
from parsers.documents.layout import EMPTY, TICKED


def texts(source: str) -> list[str]:
    return [part.text.strip() for part in html.read(source).parts]


def test_blocks_and_breaks_are_lines_and_blanks_run_together() -> None:
    assert texts("<p>Surname:\n   Okonjo</p><p>a<br>b</p>") == ["Surname: Okonjo", "a", "b"]


def test_what_outlook_writes_between_is_passed_over() -> None:
    assert texts(
        "<html><head><style>p{}</style></head><body><!--[if mso]>x<![endif]--><p class=MsoNormal>a<o:p></o:p></p>"
    ) == ["a"]


def test_cells_know_their_row_and_column_past_spans() -> None:
    source = "<table><tr><td rowspan=2>a</td><td colspan=2>b</td></tr><tr><td>c</td><td>&nbsp;</td></tr></table>"
    cells = [(p.text.strip(), p.cell.row, p.cell.col, p.cell.span) for p in html.read(source).parts if p.cell]
    assert cells == [("a", 0, 0, 1), ("b", 0, 1, 2), ("c", 1, 1, 1), ("", 1, 2, 1)]


def test_struck_out_words_are_marked_so() -> None:
    part = html.read("<p>SEN: <s>Yes</s> / No</p>").parts[0]
    assert [part.text[a:b] for a, b in part.struck] == ["Yes"]
    styled = html.read('<p><span style="text-decoration:line-through">Yes</span> No</p>').parts[0]
    assert [styled.text[a:b] for a, b in styled.struck] == ["Yes"]


def test_check_boxes_say_their_state_and_hidden_text_nothing() -> None:
    assert texts('<p><input type=checkbox checked>Yes <input type=checkbox>No</p><p style="display:none">x</p>') == [
        f"{TICKED}Yes {EMPTY}No"
    ]


def test_nothing_and_nonsense_are_empty() -> None:
    assert texts("") == []
    assert texts("<!-- -->") == []
    assert texts("<?xml version='1.0'?><p>a</p>") == ["a"]
