package guichet.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * What opening hours and targets are keyed by: a support line in a language, for a plan, on a
 * channel.
 */
public record Line(Language language, Plan plan, Channel channel) {

    /** Every line there is. */
    static List<Line> all() {
        List<Line> all = new ArrayList<>();
        for (Language language : Language.values()) {
            for (Plan plan : Plan.values()) {
                for (Channel channel : Channel.values()) {
                    all.add(new Line(language, plan, channel));
                }
            }
        }
        return all;
    }

    /**
     * Another number for each line: everything asked of the policy looks its line up, and a
     * record's own hash takes longer than the search for an opening.
     */
    @Override
    public int hashCode() {
        return language.ordinal() << 4 | plan.ordinal() << 2 | channel.ordinal();
    }

    @Override
    public String toString() {
        return language.tag() + " " + plan + " " + channel;
    }
}
