-- A holiday's days are days where the one who is away lives, not where the database runs: from midnight to midnight there.
alter table covers add starts timestamptz, add ends timestamptz;
update covers set starts = first::timestamptz, ends = (last + 1)::timestamptz;
alter table covers alter starts set not null, alter ends set not null, add check (ends > starts);

create or replace function answers_for(k bigint) returns boolean
language plpgsql stable security definer set search_path = workbook, pg_temp as $$
begin
    return exists (
        select 1 from assignments a join people p on p.role = a.role
        where a.case_key = k and a.role = session_user and p.kind = 'advocate'
    ) or exists (
        select 1 from covers c join assignments a on a.role = c.role and a.case_key = k
            join people giver on giver.role = a.role join people me on me.role = c.by_role
        where c.by_role = session_user and now() >= c.starts and now() < c.ends
            and giver.kind = 'advocate' and me.kind = 'advocate'
    );
end $$;

create or replace function covers_here() returns table (role name, by_role name, first date, last date)
language sql stable security definer set search_path = workbook, pg_temp as $$
    select c.role, c.by_role, c.first, c.last from covers c
    where session_user in (c.role, c.by_role) and now() < c.ends order by c.first, c.role, c.by_role
$$;

drop function cover(name, date, date);
create function cover(helper name, first_day date, last_day date, first_moment timestamptz, end_moment timestamptz)
returns void language plpgsql security definer set search_path = workbook, pg_temp as $$
begin
    if last_day < first_day or end_moment <= first_moment then
        raise exception 'The last day is before the first.' using errcode = 'check_violation';
    end if;
    if helper = session_user or not exists (
        select 1 from members a join members b on b.team = a.team join people p on p.role = b.role
        where a.role = session_user and b.role = helper and p.kind = 'advocate'
    ) then
        raise exception 'There is no other advocate of this name in your team.' using errcode = 'no_data_found';
    end if;
    delete from covers where role = session_user and by_role = helper and last >= first_day and first <= last_day;
    insert into covers values (session_user, helper, first_day, last_day, first_moment, end_moment);
    perform note('covered', null, null, '{}', helper);
end $$;

revoke all on function cover(name, date, date, timestamptz, timestamptz) from public;
grant execute on function cover(name, date, date, timestamptz, timestamptz) to workbook_person;
