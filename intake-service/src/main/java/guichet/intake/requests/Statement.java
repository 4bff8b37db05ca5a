package guichet.intake.requests;

import guichet.intake.identity.Pseudonyms;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;

import java.sql.Types;
import java.time.Instant;
import java.util.stream.Collectors;

/** How a change is written. Changes of one kind have one SQL. */
record Statement(String sql, MapSqlParameterSource values) {

    static Statement of(Change change) {
        return switch (change) {
            case Change.Begun it ->
                    of(
                                    it,
                                    """
                                    update request set first_offset = :offset, customer = :customer, address = :address,
                                      channel = :channel, plan = :plan, subject = :subject, created_at = :createdAt,
                                      phone_number = :phoneNumber,
                                      copied = coalesce(string_to_array(nullif(:copied, ''), chr(10)), '{}'),
                                      converted_from = :convertedFrom, erasure = null, cleared = false
                                    where id = :id and (first_offset is null or first_offset > :offset)""")
                            .with("offset", it.offset())
                            .with("customer", Pseudonyms.ofCustomer(it.customerId()))
                            .with("address", Columns.pseudonym(it.email()))
                            .with("channel", it.channel().name())
                            .with("plan", it.plan().name())
                            .with("subject", it.subject())
                            .with("createdAt", it.createdAt())
                            .with("phoneNumber", it.phoneNumber())
                            .with(
                                    "copied",
                                    it.copiedTo().stream()
                                            .map(Pseudonyms::ofAddress)
                                            .collect(Collectors.joining("\n")))
                            .with("convertedFrom", it.convertedFrom());
            case Change.Mentioned it ->
                    // Its row is there by now.
                    of(it, "update request set id = id where id = :id");
            case Change.Promised it ->
                    of(
                                    it,
                                    """
                                    update request set language = coalesce(language, :language), due = coalesce(due, :due)
                                    where id = :id""")
                            .with("language", it.language())
                            .with("due", it.due());
            case Change.Queued it ->
                    of(it, "update request set language = :language where id = :id")
                            .with("language", it.language());
            case Change.Due it ->
                    of(
                                    it,
                                    """
                                    update request set due = :due, due_offset = :offset
                                    where id = :id and (due_offset is null or due_offset < :offset)""")
                            .with("offset", it.offset())
                            .with("due", it.due());
            case Change.Assigned it ->
                    of(
                                    it,
                                    "update request set assigned_at = greatest(assigned_at, :at)"
                                            + " where id = :id")
                            .with("at", it.at());
            case Change.Released it ->
                    of(
                                    it,
                                    "update request set released_at = greatest(released_at, :at)"
                                            + " where id = :id")
                            .with("at", it.at());
            case Change.Answered it ->
                    of(
                                    it,
                                    "update request set answered_at = least(answered_at, :at)"
                                            + " where id = :id")
                            .with("at", it.at());
            case Change.Ended it ->
                    // Of two ends of one instant the customer's counts, whichever comes first.
                    of(
                                    it,
                                    """
                                    update request set ended_at = :at, ended_by = :endedBy
                                    where id = :id and (ended_at is null or ended_at > :at
                                      or (ended_at = :at and :endedBy = 'CUSTOMER'))""")
                            .with("at", it.at())
                            .with("endedBy", it.byCustomer() ? "CUSTOMER" : "DESK");
            case Change.Converted it ->
                    of(
                                    it,
                                    """
                                    update request set converted_at = :at, converted_to = :ticketId
                                    where id = :id and (converted_at is null or converted_at > :at)""")
                            .with("at", it.at())
                            .with("ticketId", it.ticketId());
            case Change.Stepped it ->
                    of(
                                    it,
                                    """
                                    insert into step values (:id, :at, :what, :due)
                                    on conflict (request_id, at, what) do update set due = greatest(step.due, excluded.due)""")
                            .with("at", it.at())
                            .with("what", it.what().name())
                            .with("due", it.due());
            case Change.Erased it ->
                    of(
                                    it,
                                    """
                                    insert into erasure values (:id, :at, :orderedBy, string_to_array(:people, chr(10)))
                                    on conflict (id) do update set ordered_at = excluded.ordered_at, ordered_by = excluded.ordered_by
                                    where erasure.ordered_at < excluded.ordered_at""")
                            .with("at", it.orderedAt())
                            .with("orderedBy", it.orderedBy())
                            .with("people", String.join("\n", it.people()));
        };
    }

    private static Statement of(Change change, String sql) {
        return new Statement(sql, new MapSqlParameterSource()).with("id", change.id());
    }

    private Statement with(String name, @Nullable String text) {
        values.addValue(name, text, Types.VARCHAR);
        return this;
    }

    private Statement with(String name, long number) {
        values.addValue(name, number);
        return this;
    }

    private Statement with(String name, @Nullable Instant at) {
        values.addValue(name, Columns.timeOrNull(at), Columns.TIME);
        return this;
    }
}
