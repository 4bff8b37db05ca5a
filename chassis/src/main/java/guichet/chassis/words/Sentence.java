package guichet.chassis.words;

import guichet.policy.Language;

/** Something to be said, or a part of it, before it is known in which language. */
@FunctionalInterface
public interface Sentence {

    /** The same in words. */
    String in(Language language);
}
