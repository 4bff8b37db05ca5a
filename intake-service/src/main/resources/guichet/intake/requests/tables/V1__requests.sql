-- What customers have asked for, as read off the topics. Every column is merged so that the order in which
-- records are read, and how often, makes no difference; RequestStore says how.

create table request (
  id text collate "C" primary key,

  -- From the record that began the contact: the one with the lowest offset. Null until it has been read.
  first_offset bigint,
  customer_id text,
  channel text,
  plan text,
  subject text,
  created_at timestamptz,
  phone_number text,
  copied_to text[] not null default '{}',
  converted_from text,

  language text,
  due timestamptz,
  -- Of the record that said so; null while it is what intake promised.
  due_offset bigint,
  -- The last time.
  assigned_at timestamptz,
  released_at timestamptz,
  -- The first time.
  answered_at timestamptz,
  ended_at timestamptz,
  ended_by text,
  converted_at timestamptz,
  converted_to text,

  state text not null generated always as (
    case
      when converted_to is not null then 'CONVERTED'
      when ended_at is not null and answered_at is null and ended_by = 'CUSTOMER' then 'WITHDRAWN'
      when ended_at is not null then 'CLOSED'
      when answered_at is not null then 'ANSWERED'
      when assigned_at is not null and (released_at is null or released_at < assigned_at) then 'ASSIGNED'
      else 'WAITING'
    end) stored
);

create index request_of_customer on request (customer_id, created_at desc, id desc);
create index request_copied_to on request using gin (copied_to);

-- What may happen to a request more than once.
create table step (
  request_id text collate "C" not null,
  at timestamptz not null,
  what text not null,
  due timestamptz,
  primary key (request_id, at, what)
);

-- How far each partition has been read, committed with what was read.
create table progress (
  topic text not null,
  partition int not null,
  next_offset bigint not null,
  -- When it was last read to its end; only said of callbacks, where a second request may join one that waits.
  current_at timestamptz,
  primary key (topic, partition)
);

-- The edition of which the rows are; a later one is made by reading the topics again.
create table edition (number int not null);
insert into edition values (1);
