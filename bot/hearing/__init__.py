"""What people write in their own words: answers, orders, and free text about a child."""
