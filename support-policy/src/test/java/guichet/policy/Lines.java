package guichet.policy;

import static guichet.policy.Channel.CHAT;
import static guichet.policy.Channel.PHONE;
import static guichet.policy.Channel.WEB;

/** Lines that the tests of the support page speak of. */
final class Lines {

    private Lines() {}

    static Line web(Language language, Plan plan) {
        return new Line(language, plan, WEB);
    }

    static Line chat(Language language, Plan plan) {
        return new Line(language, plan, CHAT);
    }

    static Line phone(Language language, Plan plan) {
        return new Line(language, plan, PHONE);
    }
}
