package guichet.intake.requests;

import guichet.schemas.Topics;

import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** How far the topics have been read into the tables. */
final class Progress {

    private final RequestsDatabase database;
    private final ChangeWriter writer;

    Progress(RequestsDatabase database, ChangeWriter writer) {
        this.database = database;
        this.writer = writer;
    }

    /**
     * How far one partition has been read.
     *
     * @param from what stands in the table
     * @param to what is to stand there: the offset of the next record
     */
    record Advance(TopicPartition partition, long from, long to) {}

    /**
     * Applies what was read of some partitions and notes how far they have been read, all or none.
     *
     * @return false where somebody else has moved one of them meanwhile; then nothing is done
     * @throws RequestsUnavailable where the database does not answer
     * @throws RefusedData where it does not take one of the changes
     */
    boolean advance(List<Change> changes, Collection<Advance> advances) {
        try {
            writer.apply(changes, statements -> move(statements, advances));
            return true;
        } catch (Overtaken overtaken) {
            return false;
        }
    }

    /**
     * Where to go on reading a partition; noted as the beginning where it is not known.
     *
     * @throws RequestsUnavailable where the database does not answer
     */
    long nextOffset(TopicPartition partition) {
        MapSqlParameterSource place = place(partition);
        return database.change(
                statements -> {
                    statements.update(
                            "insert into progress (topic, partition, next_offset) values"
                                    + " (:topic, :partition, 0) on conflict do nothing",
                            place);
                    return Objects.requireNonNull(
                            statements.queryForObject(
                                    "select next_offset from progress where topic = :topic and"
                                            + " partition = :partition",
                                    place,
                                    Long.class));
                });
    }

    /**
     * Notes that partitions have just been read to their ends.
     *
     * @throws RequestsUnavailable where the database does not answer
     */
    void current(Collection<TopicPartition> partitions) {
        database.change(
                statements ->
                        statements.batchUpdate(
                                "update progress set current_at = now() where topic = :topic and"
                                        + " partition = :partition",
                                partitions.stream()
                                        .sorted(Comparator.comparing(TopicPartition::toString))
                                        .map(Progress::place)
                                        .toArray(SqlParameterSource[]::new)));
    }

    /**
     * Whether the erasures have once been read to their end, so that who is erased is known when a
     * request is read.
     *
     * @throws RequestsUnavailable where the database does not answer
     */
    boolean knowsErasures() {
        return database.change(
                statements ->
                        Boolean.TRUE.equals(
                                statements.queryForObject(
                                        "select coalesce(bool_and(current_at is not null), false)"
                                                + " from progress where topic = :topic",
                                        new MapSqlParameterSource("topic", Topics.ERASURES.name()),
                                        Boolean.class)));
    }

    private static final class Overtaken extends RuntimeException {

        Overtaken() {
            super("somebody else reads the partition", null, false, false);
        }
    }

    private static MapSqlParameterSource place(TopicPartition partition) {
        return new MapSqlParameterSource("topic", partition.topic())
                .addValue("partition", partition.partition());
    }

    private static void move(NamedParameterJdbcTemplate statements, Collection<Advance> advances) {
        int[] moved =
                statements.batchUpdate(
                        "update progress set next_offset = :to where topic = :topic and partition ="
                                + " :partition and next_offset = :from",
                        advances.stream()
                                .sorted(
                                        Comparator.comparing(
                                                (Advance it) -> it.partition().toString()))
                                .map(
                                        it ->
                                                place(it.partition())
                                                        .addValue("from", it.from())
                                                        .addValue("to", it.to()))
                                .toArray(SqlParameterSource[]::new));
        for (int rows : moved) {
            if (rows != 1) {
                throw new Overtaken();
            }
        }
    }
}
