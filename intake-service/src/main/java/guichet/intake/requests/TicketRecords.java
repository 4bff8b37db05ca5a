package guichet.intake.requests;

import guichet.schemas.Topics;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;

import java.util.Set;
import java.util.UUID;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/** The tickets of which a record has been read. */
final class TicketRecords implements KnownTickets {

    private final RequestsDatabase database;
    private final IntSupplier partitions;

    /**
     * @param partitions how many the topic of tickets has
     */
    TicketRecords(RequestsDatabase database, IntSupplier partitions) {
        this.database = database;
        this.partitions = partitions;
    }

    /** One statement asks both things, so that nobody can empty the tables in between. */
    @Override
    public Set<UUID> withoutRecord(Set<UUID> tickets) {
        MapSqlParameterSource values =
                new MapSqlParameterSource(
                                "ids",
                                tickets.stream()
                                        .map(UUID::toString)
                                        .collect(Collectors.joining("\n")))
                        .addValue("topic", Topics.TICKETS.name())
                        .addValue("partitions", partitions.getAsInt());
        return database.ask(
                statements ->
                        Set.copyOf(
                                statements.query(
                                        """
                                        select id from string_to_table(:ids, chr(10)) as id
                                        where not exists (select 1 from request where request.id = id.id)
                                          and :partitions = (select count(*) from progress
                                            where topic = :topic and current_at > now() - interval '1 minute')""",
                                        values,
                                        (row, number) -> UUID.fromString(row.getString("id")))));
    }
}
