-- The tables of a practice. Everything is decided by session_user, the role that signed in: no setting and no SET ROLE
-- changes it. The owner of the tables has no login, and the row policies apply to it too.

create table people (
    role name primary key,
    kind text not null check (kind in ('advocate', 'client', 'auditor')),
    shown text not null default '',
    since timestamptz not null default now()
);

create table members (
    team text not null check (team <> ''),
    role name not null references people on delete cascade,
    lead boolean not null default false,
    primary key (team, role)
);

create table cases (
    key bigint generated always as identity primary key,
    id text not null,
    home name not null,                 -- who created it: so nobody learns which ids others use
    version bigint not null,
    nickname text not null,
    mode text not null,
    synthetic boolean not null,
    state text not null,                -- paused, closed, or nothing
    updated text collate "C" not null,
    channel text not null unique default 'case_' || replace(gen_random_uuid()::text, '-', ''),
    body text not null,
    unique (home, id)
);
create index cases_of_id on cases (id);

-- What an advocate noted for themselves, apart from the case, so that a hand-over or a client never brings it along.
create table own_parts (
    case_key bigint not null references cases on delete cascade,
    role name not null,
    body text not null,
    primary key (case_key, role)
);

create table history (
    row bigint generated always as identity primary key,
    case_id bigint not null references cases on delete cascade,
    writer text not null,
    started text collate "C" not null,
    ended text collate "C" not null,
    alone integer not null,
    size integer not null,
    deltas text not null,
    only_for name                       -- a change of private notes; everyone who sees the case sees the others
);
create index history_of_case on history (case_id, row);

create table derived (
    case_key bigint not null references cases on delete cascade,
    role name not null default session_user,
    version bigint not null,
    stamp text not null,
    body text not null,
    primary key (case_key, role)
);

create table assignments (
    case_key bigint not null references cases on delete cascade,
    role name not null references people on delete cascade,
    since timestamptz not null default now(),
    primary key (case_key, role)
);
create index assignments_of_role on assignments (role);

create table shares (
    case_key bigint not null references cases on delete cascade,
    team text not null,
    primary key (case_key, team)
);
create index shares_of_team on shares (team);

create table covers (
    role name not null references people on delete cascade,
    by_role name not null references people on delete cascade,
    first date not null,
    last date not null check (last >= first),
    primary key (role, by_role, first)
);

create table offers (
    number bigint generated always as identity primary key,
    case_key bigint not null references cases on delete cascade,
    case_id text not null,
    nickname text not null,             -- until it is accepted, the other one sees no more of the case
    from_role name not null,
    to_role name not null references people on delete cascade,
    note text not null default '',
    state text not null default 'offered' check (state in ('offered', 'accepted', 'refused', 'withdrawn')),
    offered_at timestamptz not null default now(),
    answered_at timestamptz,
    reason text not null default ''
);
create unique index one_open_offer on offers (case_key) where state = 'offered';

-- Who opened and changed what, and when: places, never answers. It outlives the case.
create table audit (
    number bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    who name not null default session_user,
    action text not null,
    case_key bigint,
    case_id text,
    places text[] not null default '{}',
    other name
);
create index audit_of_case on audit (case_key, who, at desc);

create function audit_is_final() returns trigger language plpgsql as $$
begin
    raise exception 'The log cannot be changed.' using errcode = 'insufficient_privilege';
end $$;
create trigger audit_is_final before update or delete on audit
    for each row execute function audit_is_final();
create trigger audit_is_never_emptied before truncate on audit
    for each statement execute function audit_is_final();

-- Notes an action; typing in one place is noted once in ten minutes, so that the log stays readable.
create function note(what text, which bigint, name_of_case text, touched text[] default '{}', whom name default null)
returns void language plpgsql security definer set search_path = workbook, pg_temp as $$
begin
    if what in ('opened', 'changed', 'listed') and exists (
        select 1 from audit a
        where a.case_key is not distinct from which and a.who = session_user
            and a.at > clock_timestamp() - interval '10 minutes' and a.action = what and a.places @> touched
    ) then
        return;
    end if;
    insert into audit (action, case_key, case_id, places, other) values (what, which, name_of_case, touched, whom);
end $$;
