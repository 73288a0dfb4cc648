"""The law: editions, acts, rules, votes, deadlines, calendar and plans as data and pure functions."""
