"""Settings of the embedded server, appended to what initdb writes."""

SETTINGS = """
listen_addresses = ''
max_connections = 100
shared_preload_libraries = 'pg_stat_statements'
wal_level = logical                # replicas and decoding can be tried without a new cluster
timezone = 'UTC'
log_timezone = 'UTC'
idle_in_transaction_session_timeout = 30s

shared_buffers = 256MB
work_mem = 16MB
maintenance_work_mem = 256MB
effective_cache_size = 2GB
max_wal_size = 4GB
checkpoint_timeout = 15min
random_page_cost = 1.1             # solid state
jit = off

# Statements carry national ids: as text, as parameters, in the message of an error and in the
# detail of a violated key or a crashed session. None of them may reach the log; the caller is
# given its errors anyway.
log_statement = none
log_min_error_statement = panic
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_min_messages = log             # ranks above error
log_error_verbosity = terse        # no detail, no context
"""
