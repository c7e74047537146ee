-- A list of workbooks, such as the board, reads many at once. Each is noted, as 'listed': nobody has opened it.
drop function all_cases();

create function list_cases(wanted text[]) returns table (id text, version bigint, body text, own text)
language plpgsql security definer set search_path = workbook, pg_temp as $$
declare keys bigint[];
begin
    select array_agg(one.key) into keys from (
        select distinct on (c.id) c.key from cases c where c.id = any (wanted)
            order by c.id, exists (select 1 from assignments a where a.case_key = c.key and a.role = session_user) desc, c.key
    ) one;
    insert into audit (action, case_key, case_id)
        select 'listed', c.key, c.id from cases c where c.key = any (keys) and not exists (
            select 1 from audit a where a.case_key = c.key and a.who = session_user
                and a.at > clock_timestamp() - interval '10 minutes' and a.action = 'listed'
        );
    return query select c.id, c.version, c.body, o.body
        from cases c left join own_parts o on o.case_key = c.key and o.role = session_user where c.key = any (keys);
end $$;

revoke all on function list_cases(text[]) from public;
grant execute on function list_cases(text[]) to workbook_person;
