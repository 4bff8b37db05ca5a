package guichet.schemas;

/** Those who sign in to Kafka. What each may do there says {@link Access}. */
public enum Principal {
    INTAKE("intake-service", Work.READS_IN_GROUPS),
    ROUTING("routing-service", Work.STREAMS),
    SLA_MONITOR("sla-monitor-service", Work.STREAMS),
    ESCALATION("escalation-service", Work.STREAMS),
    AGENT_TOOLS("agent-tools", Work.READS_IN_GROUPS),
    CHANNELS("channels", Work.WRITES);

    /** What a principal needs on a broker beside its topics. */
    enum Work {
        /** Nothing. */
        WRITES,
        /** Groups of its own. */
        READS_IN_GROUPS,
        /** As well, what Kafka Streams makes for itself: changelogs, transactions. */
        STREAMS
    }

    private final String user;
    private final Work work;

    Principal(String user, Work work) {
        this.user = user;
        this.work = work;
    }

    /**
     * The name it signs in with; a service's is its {@code spring.application.name}. Its groups,
     * its transactional ids and the topics that it makes for itself begin with it.
     */
    public String user() {
        return user;
    }

    Work work() {
        return work;
    }
}
