-- Who may call what. Everything else is refused: tables of people and assignments, writing to the log, other schemas.
revoke all on all tables in schema workbook from public;
revoke all on all functions in schema workbook from public;
revoke all on schema workbook from public;

grant usage on schema workbook to workbook_person, workbook_auditor;

grant select (key, id, version, nickname, mode, synthetic, state, updated, channel) on cases to workbook_person;
grant update (version, nickname, mode, synthetic, state, updated, body) on cases to workbook_person;
grant delete on cases to workbook_person;
grant select, insert, update, delete on own_parts, history, derived to workbook_person;
grant select (number, applied) on migrations to workbook_person, workbook_auditor;
grant execute on function
    sees(bigint), answers_for(bigint), open_case(text, boolean), all_cases(),
    add_case(text, text, text, boolean, text, text, text, text),
    share(text, text, boolean), invite(text, name), offer(text, name, text), answer(bigint, text, text),
    cover(name, date, date), end_cover(name), colleagues(), offers_here(), covers_here(), shares_here()
    to workbook_person;

grant select on audit to workbook_auditor;
grant execute on function colleagues(), offers_here() to workbook_auditor;
