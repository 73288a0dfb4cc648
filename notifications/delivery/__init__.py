"""Delivery: reminders become messages, and messages leave by mail, SMS and the robots of groups."""
