"""The record, on real SQLite files; everybody in here is made up (演示数据)."""
