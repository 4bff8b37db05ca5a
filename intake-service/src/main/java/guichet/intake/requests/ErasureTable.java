package guichet.intake.requests;

import guichet.policy.Channel;
import guichet.schemas.Topic;
import guichet.schemas.Topics;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;

import java.util.List;

/** The erasures, and the requests that they have erased. */
final class ErasureTable implements ErasedRequests {

    /** Of an erasure e: what was sent until it was ordered may not all have been read. */
    private static final String NOT_READ_SINCE =
            """
            exists (select 1 from progress p
              where p.topic in (:channels) and coalesce(p.current_at <= e.ordered_at, true))""";

    private static final List<String> CHANNELS =
            Topics.CHANNEL_TOPICS.stream().map(Topic::name).toList();

    private final RequestsDatabase database;
    private volatile Runnable whenErased = () -> {};

    ErasureTable(RequestsDatabase database) {
        this.database = database;
    }

    @Override
    public void whenErased(Runnable something) {
        whenErased = something;
    }

    /** There may be remains that were not there before. */
    void mayHaveRemains() {
        whenErased.run();
    }

    @Override
    public List<Erasure> erasures(int most) {
        return database.ask(
                statements ->
                        statements.query(
                                """
                                select e.id, e.ordered_at, e.ordered_by, count(r.id) as requests,
                                  coalesce(bool_and(r.cleared), true) and not %s as done
                                from erasure e left join request r on r.erasure = e.id
                                group by e.id order by e.ordered_at desc, e.id limit :most"""
                                        .formatted(NOT_READ_SINCE),
                                new MapSqlParameterSource("most", most)
                                        .addValue("channels", CHANNELS),
                                (row, number) ->
                                        new Erasure(
                                                row.getString("id"),
                                                Columns.time(row, "ordered_at"),
                                                row.getString("ordered_by"),
                                                row.getInt("requests"),
                                                row.getBoolean("done"))));
    }

    @Override
    public List<Remains> remains(int most) {
        return database.ask(
                statements ->
                        statements.query(
                                "select id, channel, ended_at is null as open from request where"
                                        + " erasure is not null and not cleared order by id limit"
                                        + " :most",
                                new MapSqlParameterSource("most", most),
                                (row, number) ->
                                        new Remains(
                                                row.getString("id"),
                                                Channel.valueOf(row.getString("channel")),
                                                row.getBoolean("open"))));
    }

    @Override
    public boolean mayRemainUnread() {
        return database.ask(
                statements ->
                        Boolean.TRUE.equals(
                                statements.queryForObject(
                                        "select exists (select 1 from erasure e where %s)"
                                                .formatted(NOT_READ_SINCE),
                                        new MapSqlParameterSource("channels", CHANNELS),
                                        Boolean.class)));
    }

    @Override
    public void cleared(String id) {
        database.change(
                statements ->
                        statements.update(
                                "update request set cleared = true where id = :id",
                                new MapSqlParameterSource("id", id)));
    }
}
