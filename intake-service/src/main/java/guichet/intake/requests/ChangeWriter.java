package guichet.intake.requests;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Writes changes. In whatever order they come, and however often, the tables are the same in the
 * end.
 */
final class ChangeWriter {

    /** Requests that began until an erasure, and tickets that were made of them. */
    private static final String UNTIL_THEN =
            """
            (r.created_at <= e.ordered_at or exists (
              select 1 from request o where o.id = r.converted_from and o.created_at <= e.ordered_at))""";

    private static final String ERASE_OWN =
            """
            update request r set customer = null, address = null, subject = null, phone_number = null,
              copied = '{}', erasure = e.id, cleared = false
            from erasure e
            where r.erasure is null and (r.customer = any (e.people) or r.address = any (e.people))
              and %s"""
                    .formatted(UNTIL_THEN);

    private static final String ERASE_COPIED =
            """
            update request r set copied = array(select who from unnest(r.copied) as who where not exists (
              select 1 from erasure e where who = any (e.people) and %1$s))
            where exists (select 1 from erasure e where e.people && r.copied and %1$s)"""
                    .formatted(UNTIL_THEN);

    private final RequestsDatabase database;
    private final ErasureTable erasures;

    ChangeWriter(RequestsDatabase database, ErasureTable erasures) {
        this.database = database;
        this.erasures = erasures;
    }

    /**
     * Applies changes, all or none.
     *
     * @throws RequestsUnavailable where the database does not answer
     * @throws RefusedData where it does not take one of them
     */
    void apply(List<Change> changes) {
        apply(changes, statements -> {});
    }

    /**
     * Applies changes, all or none, in one transaction with something that is done before.
     *
     * @throws RequestsUnavailable where the database does not answer
     * @throws RefusedData where it does not take one of them
     */
    void apply(List<Change> changes, Consumer<NamedParameterJdbcTemplate> before) {
        boolean erased =
                database.change(
                        statements -> {
                            before.accept(statements);
                            return write(statements, changes);
                        });
        if (erased) {
            erasures.mayHaveRemains();
        }
    }

    /**
     * First locks the rows in the order of their ids, so that no two writers wait for each other;
     * then writes each kind of change as one batch. An erasure locks the whole table against other
     * writers first: what they wrote meanwhile would not be erased.
     *
     * @return whether requests were erased, or are to be once they are read
     */
    private static boolean write(NamedParameterJdbcTemplate statements, List<Change> changes) {
        if (changes.isEmpty()) {
            return false;
        }
        if (changes.stream().anyMatch(Change.Erased.class::isInstance)) {
            statements.getJdbcTemplate().execute("lock table request in share row exclusive mode");
        }
        lock(
                statements,
                changes.stream()
                        .filter(change -> !(change instanceof Change.Erased))
                        .map(Change::id)
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining("\n")));
        Map<String, List<SqlParameterSource>> batches = new LinkedHashMap<>();
        for (Change change : changes) {
            Statement statement = Statement.of(change);
            batches.computeIfAbsent(statement.sql(), sql -> new ArrayList<>())
                    .add(statement.values());
        }
        batches.forEach(
                (sql, rows) ->
                        statements.batchUpdate(sql, rows.toArray(SqlParameterSource[]::new)));
        return erase(statements, changes);
    }

    private static void lock(NamedParameterJdbcTemplate statements, String ids) {
        if (ids.isEmpty()) {
            return;
        }
        MapSqlParameterSource all = new MapSqlParameterSource("ids", ids);
        statements.update(
                """
                insert into request (id)
                select id collate "C" as id from string_to_table(:ids, chr(10)) as id order by 1
                on conflict do nothing""",
                all);
        statements.queryForList(
                """
                select 1 from request where id = any (string_to_array(:ids, chr(10))) order by id for update""",
                all,
                Integer.class);
    }

    /**
     * Erases what has just been written of people who are to be forgotten, and everything of people
     * whose erasure has just been written.
     */
    private static boolean erase(NamedParameterJdbcTemplate statements, List<Change> changes) {
        int erased = 0;
        boolean ordered = false;
        String begun =
                changes.stream()
                        .filter(Change.Begun.class::isInstance)
                        .map(Change::id)
                        .distinct()
                        .collect(Collectors.joining("\n"));
        if (!begun.isEmpty()) {
            MapSqlParameterSource ids = new MapSqlParameterSource("ids", begun);
            String these = "r.id = any (string_to_array(:ids, chr(10)))";
            String andTickets =
                    " and (%s or r.converted_from = any (string_to_array(:ids, chr(10))))"
                            .formatted(these);
            // One that is sent again may have brought its files again.
            erased +=
                    statements.update(
                            "update request r set cleared = false where erasure is not null and "
                                    + these,
                            ids);
            erased += statements.update(ERASE_OWN + andTickets, ids);
            statements.update(ERASE_COPIED + andTickets, ids);
        }
        for (Change change : changes) {
            if (change instanceof Change.Erased erasure) {
                ordered = true;
                MapSqlParameterSource values =
                        new MapSqlParameterSource("id", erasure.id())
                                .addValue("people", String.join("\n", erasure.people()));
                erased += statements.update(ERASE_OWN + " and e.id = :id", values);
                statements.update(
                        ERASE_COPIED + " and r.copied && string_to_array(:people, chr(10))",
                        values);
            }
        }
        return ordered || erased > 0;
    }
}
