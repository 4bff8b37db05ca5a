package guichet.policy;

/**
 * What opening hours and targets are keyed by: a support line in a language, for a plan, on a
 * channel.
 */
public record Line(Language language, Plan plan, Channel channel) {

    @Override
    public String toString() {
        return language.tag() + " " + plan + " " + channel;
    }
}
