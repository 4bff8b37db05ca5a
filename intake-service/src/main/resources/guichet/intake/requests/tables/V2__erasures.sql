-- People are known here by their pseudonyms alone (Pseudonyms): who reads the tables learns nobody's id or address, and a
-- person who is erased is found by what an erasure says. The columns have new names, so that a copy of the service from
-- before, which would write ids and addresses, cannot.
update request set
  customer_id = encode(sha256(convert_to('customer' || chr(10) || customer_id, 'UTF8')), 'hex'),
  copied_to = array(
    select encode(sha256(convert_to('address' || chr(10) || address, 'UTF8')), 'hex') from unnest(copied_to) as address);

alter table request rename column customer_id to customer;
alter table request rename column copied_to to copied;

alter table request
  -- The address that the customer gave; null where none, and in rows of the first edition.
  add column address text,
  -- The erasure that took everything of a person out of this row; null for none.
  add column erasure text,
  -- Whether what lies elsewhere of an erased request is gone, too.
  add column cleared boolean not null default false;

create index request_of_address on request (address) where address is not null;
create index request_converted_from on request (converted_from) where converted_from is not null;
create index request_erased on request (erasure) where erasure is not null;

-- Who is to be forgotten. A later edition keeps it, so that nobody comes back while the topics are read again.
create table erasure (
  id text primary key,
  ordered_at timestamptz not null,
  ordered_by text not null,
  people text[] not null
);
