-- Assignment and hand-over. Each function checks the signed-in role; none can be reached around, since nobody may
-- write to these tables.

create function key_of(wanted text) returns bigint
language plpgsql stable security definer set search_path = workbook, pg_temp as $$
declare found bigint;
begin
    select c.key into found from cases c where c.id = wanted and answers_for(c.key) order by c.key limit 1;
    if found is null then
        raise exception 'This workbook is not assigned to you.' using errcode = 'no_data_found';
    end if;
    return found;
end $$;

create function share(wanted text, with_team text, shared boolean default true) returns void
language plpgsql security definer set search_path = workbook, pg_temp as $$
declare k bigint := key_of(wanted);
begin
    if not exists (select 1 from members m where m.team = with_team and m.role = session_user) then
        raise exception 'You are not in this team.' using errcode = 'no_data_found';
    end if;
    if shared then
        insert into shares values (k, with_team) on conflict do nothing;
    else
        delete from shares where case_key = k and team = with_team;
    end if;
    perform note(case when shared then 'shared' else 'unshared' end, k, wanted);
end $$;

create function invite(wanted text, client name) returns void
language plpgsql security definer set search_path = workbook, pg_temp as $$
declare k bigint := key_of(wanted);
begin
    if not exists (select 1 from people p where p.role = client and p.kind = 'client') then
        raise exception 'There is no client of this name.' using errcode = 'no_data_found';
    end if;
    if exists (select 1 from assignments a where a.role = client and a.case_key <> k) then
        raise exception 'This client has a workbook already.' using errcode = 'unique_violation';
    end if;
    insert into assignments (case_key, role) values (k, client) on conflict do nothing;
    perform note('invited', k, wanted, '{}', client);
end $$;

create function offer(wanted text, whom name, words text default '') returns bigint
language plpgsql security definer set search_path = workbook, pg_temp as $$
declare
    k bigint := key_of(wanted);
    made bigint;
begin
    if whom = session_user or not exists (select 1 from people p where p.role = whom and p.kind = 'advocate') then
        raise exception 'There is no other advocate of this name.' using errcode = 'no_data_found';
    end if;
    if not exists (select 1 from assignments a where a.case_key = k and a.role = session_user) then
        raise exception 'This workbook is not assigned to you.' using errcode = 'no_data_found';
    end if;
    if exists (select 1 from offers o where o.case_key = k and o.state = 'offered') then
        raise exception 'This workbook is offered to somebody already.' using errcode = 'unique_violation';
    end if;
    insert into offers (case_key, case_id, nickname, from_role, to_role, note)
        select k, c.id, c.nickname, session_user, whom, words from cases c where c.key = k returning number into made;
    perform note('offered', k, wanted, '{}', whom);
    return made;
end $$;

-- The answer to an offer: accepted moves the assignment; refused and withdrawn leave it where it is.
create function answer(which bigint, answered text, words text default '') returns text
language plpgsql security definer set search_path = workbook, pg_temp as $$
declare
    o offers%rowtype;
begin
    select * into o from offers where number = which and session_user in (from_role, to_role) for update;
    if o.number is null then
        raise exception 'There is no such offer for you.' using errcode = 'no_data_found';
    end if;
    if o.state <> 'offered' then
        raise exception 'This offer was answered already.' using errcode = 'unique_violation';
    end if;
    if (answered = 'withdrawn') <> (o.from_role = session_user) or answered not in ('accepted', 'refused', 'withdrawn') then
        raise exception 'Only the one it was offered to can answer it.' using errcode = 'no_data_found';
    end if;
    update offers set state = answered, answered_at = now(), reason = words where number = which;
    if answered = 'accepted' then
        delete from assignments where case_key = o.case_key and role = o.from_role;
        insert into assignments (case_key, role) values (o.case_key, session_user) on conflict do nothing;
        perform free_the_id(o.case_key);
    end if;
    perform note(answered, o.case_key, o.case_id, '{}', o.from_role);
    return coalesce((select c.id from cases c where c.key = o.case_key), o.case_id);
end $$;

-- Two workbooks of one advocate need two ids: the one that came in gets another.
create function free_the_id(k bigint) returns void
language plpgsql security definer set search_path = workbook, pg_temp as $$
declare mine text;
begin
    select c.id into mine from cases c where c.key = k;
    if exists (select 1 from cases c join assignments a on a.case_key = c.key
               where a.role = session_user and c.id = mine and c.key <> k) then
        update cases set id = left(mine, 33) || '-' || substr(md5(random()::text), 1, 6) where key = k;
    end if;
end $$;

create function cover(helper name, first_day date, last_day date) returns void
language plpgsql security definer set search_path = workbook, pg_temp as $$
begin
    if last_day < first_day then
        raise exception 'The last day is before the first.' using errcode = 'check_violation';
    end if;
    if helper = session_user or not exists (
        select 1 from members a join members b on b.team = a.team join people p on p.role = b.role
        where a.role = session_user and b.role = helper and p.kind = 'advocate'
    ) then
        raise exception 'There is no other advocate of this name in your team.' using errcode = 'no_data_found';
    end if;
    delete from covers where role = session_user and by_role = helper and last >= first_day and first <= last_day;
    insert into covers values (session_user, helper, first_day, last_day);
    perform note('covered', null, null, '{}', helper);
end $$;

create function end_cover(helper name) returns void
language plpgsql security definer set search_path = workbook, pg_temp as $$
begin
    delete from covers where role = session_user and by_role = helper;
    perform note('uncovered', null, null, '{}', helper);
end $$;

-- What the signed-in role may know of the others: names and teams, to offer and to cover.
create function colleagues() returns table (role name, shown text, kind text, teams text[], is_me boolean)
language sql stable security definer set search_path = workbook, pg_temp as $$
    select p.role, p.shown, p.kind, array(select m.team from members m where m.role = p.role order by 1),
        p.role = session_user
    from people p
    where p.role = session_user or (
        exists (select 1 from people me where me.role = session_user and me.kind <> 'client')
        and (p.kind <> 'client' or exists (
            select 1 from assignments a where a.role = p.role and answers_for(a.case_key))))
    order by p.role
$$;

-- Who covers for whom, and which teams see which workbook: of the signed-in role alone.
create function covers_here() returns table (role name, by_role name, first date, last date)
language sql stable security definer set search_path = workbook, pg_temp as $$
    select c.role, c.by_role, c.first, c.last from covers c
    where session_user in (c.role, c.by_role) and c.last >= current_date order by c.first, c.role, c.by_role
$$;

create function shares_here() returns table (case_id text, team text)
language sql stable security definer set search_path = workbook, pg_temp as $$
    select c.id, s.team from shares s join cases c on c.key = s.case_key where answers_for(s.case_key)
    order by c.id, s.team
$$;

create function offers_here() returns table (
    number bigint, case_id text, nickname text, from_role name, to_role name, words text, state text,
    offered_at timestamptz, answered_at timestamptz, reason text
) language sql stable security definer set search_path = workbook, pg_temp as $$
    select o.number, o.case_id, o.nickname, o.from_role, o.to_role, o.note, o.state, o.offered_at, o.answered_at,
        o.reason
    from offers o where session_user in (o.from_role, o.to_role) order by o.number
$$;
