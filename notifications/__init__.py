"""The clock: sweeps deadlines into reminders and delivers them."""
