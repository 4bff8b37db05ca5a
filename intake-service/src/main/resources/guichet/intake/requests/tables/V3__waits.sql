-- Guidance asks how long those waited whom agents took of late.
create index request_assigned on request (assigned_at) where assigned_at is not null;
