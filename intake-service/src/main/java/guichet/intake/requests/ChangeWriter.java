package guichet.intake.requests;

import guichet.intake.identity.Pseudonyms;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * How changes are written. Each says what it says in whatever order they come, and however often:
 * the tables are the same in the end.
 */
final class ChangeWriter {

    /** Those that began until an erasure, and tickets made of such. */
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
     * Applies changes after something else, in one transaction.
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
     * Whoever writes locks the rows first, in the order of their ids, so that no two wait for each
     * other; then each kind of change is one batch. Whoever erases waits until nobody else writes,
     * and lets nobody until it is done: what it did not see would stay.
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
            batches.computeIfAbsent(statement(change), sql -> new ArrayList<>())
                    .add(values(change));
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

    /** What has just begun here for those who are erased, and all of those who just were. */
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

    private static String statement(Change change) {
        return switch (change) {
            case Change.Begun begun ->
                    """
                    update request set first_offset = :offset, customer = :customer, address = :address, channel = :channel, plan = :plan,
                      subject = :subject, created_at = :createdAt, phone_number = :phoneNumber,
                      copied = coalesce(string_to_array(nullif(:copied, ''), chr(10)), '{}'),
                      converted_from = :convertedFrom, erasure = null, cleared = false
                    where id = :id and (first_offset is null or first_offset > :offset)""";
            case Change.Mentioned mentioned ->
                    // Its row is there by now.
                    "update request set id = id where id = :id";
            case Change.Promised promised ->
                    """
                    update request set language = coalesce(language, :language), due = coalesce(due, :due)
                    where id = :id""";
            case Change.Queued queued -> "update request set language = :language where id = :id";
            case Change.Due due ->
                    """
                    update request set due = :due, due_offset = :offset
                    where id = :id and (due_offset is null or due_offset < :offset)""";
            case Change.Assigned assigned ->
                    "update request set assigned_at = greatest(assigned_at, :at) where id = :id";
            case Change.Released released ->
                    "update request set released_at = greatest(released_at, :at) where id = :id";
            case Change.Answered answered ->
                    "update request set answered_at = least(answered_at, :at) where id = :id";
            case Change.Ended ended ->
                    // Of two ends of one instant the customer's counts, whichever comes first.
                    """
                    update request set ended_at = :at, ended_by = :endedBy
                    where id = :id and (ended_at is null or ended_at > :at
                      or (ended_at = :at and :endedBy = 'CUSTOMER'))""";
            case Change.Converted converted ->
                    """
                    update request set converted_at = :at, converted_to = :ticketId
                    where id = :id and (converted_at is null or converted_at > :at)""";
            case Change.Stepped stepped ->
                    """
                    insert into step values (:id, :at, :what, :due)
                    on conflict (request_id, at, what) do update set due = greatest(step.due, excluded.due)""";
            case Change.Erased erased ->
                    """
                    insert into erasure values (:id, :at, :orderedBy, string_to_array(:people, chr(10)))
                    on conflict (id) do update set ordered_at = excluded.ordered_at, ordered_by = excluded.ordered_by
                    where erasure.ordered_at < excluded.ordered_at""";
        };
    }

    private static SqlParameterSource values(Change change) {
        MapSqlParameterSource values =
                new MapSqlParameterSource().addValue("id", change.id(), Types.VARCHAR);
        return switch (change) {
            case Change.Begun it ->
                    values.addValue("offset", it.offset())
                            .addValue(
                                    "customer",
                                    Pseudonyms.ofCustomer(it.customerId()),
                                    Types.VARCHAR)
                            .addValue("address", Columns.pseudonym(it.email()), Types.VARCHAR)
                            .addValue("channel", it.channel().name(), Types.VARCHAR)
                            .addValue("plan", it.plan().name(), Types.VARCHAR)
                            .addValue("subject", it.subject(), Types.VARCHAR)
                            .addValue("createdAt", Columns.time(it.createdAt()), Columns.TIME)
                            .addValue("phoneNumber", it.phoneNumber(), Types.VARCHAR)
                            .addValue(
                                    "copied",
                                    it.copiedTo().stream()
                                            .map(Pseudonyms::ofAddress)
                                            .collect(Collectors.joining("\n")),
                                    Types.VARCHAR)
                            .addValue("convertedFrom", it.convertedFrom(), Types.VARCHAR);
            case Change.Mentioned it -> values;
            case Change.Promised it ->
                    values.addValue("language", it.language(), Types.VARCHAR)
                            .addValue("due", Columns.timeOrNull(it.due()), Columns.TIME);
            case Change.Queued it -> values.addValue("language", it.language(), Types.VARCHAR);
            case Change.Due it ->
                    values.addValue("offset", it.offset())
                            .addValue("due", Columns.time(it.due()), Columns.TIME);
            case Change.Assigned it -> values.addValue("at", Columns.time(it.at()), Columns.TIME);
            case Change.Released it -> values.addValue("at", Columns.time(it.at()), Columns.TIME);
            case Change.Answered it -> values.addValue("at", Columns.time(it.at()), Columns.TIME);
            case Change.Ended it ->
                    values.addValue("at", Columns.time(it.at()), Columns.TIME)
                            .addValue(
                                    "endedBy",
                                    it.byCustomer() ? "CUSTOMER" : "DESK",
                                    Types.VARCHAR);
            case Change.Converted it ->
                    values.addValue("at", Columns.time(it.at()), Columns.TIME)
                            .addValue("ticketId", it.ticketId(), Types.VARCHAR);
            case Change.Stepped it ->
                    values.addValue("at", Columns.time(it.at()), Columns.TIME)
                            .addValue("what", it.what().name(), Types.VARCHAR)
                            .addValue("due", Columns.timeOrNull(it.due()), Columns.TIME);
            case Change.Erased it ->
                    values.addValue("at", Columns.time(it.orderedAt()), Columns.TIME)
                            .addValue("orderedBy", it.orderedBy(), Types.VARCHAR)
                            .addValue("people", String.join("\n", it.people()), Types.VARCHAR);
        };
    }
}
