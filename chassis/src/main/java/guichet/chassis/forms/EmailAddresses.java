package guichet.chassis.forms;

import java.util.regex.Pattern;

/**
 * E-mail addresses as people have them: dot-separated words, an at sign and a domain with at least
 * one dot, in any script (RFC 6531). Quoted local parts and address literals are not taken.
 */
public final class EmailAddresses {

    private static final int LONGEST = 254;
    private static final int LONGEST_LOCAL_PART = 64;

    private static final String WORD = "[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~-]+";
    private static final String LABEL =
            "[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}-]{0,61}[\\p{L}\\p{M}\\p{N}])?";
    private static final Pattern ADDRESS =
            Pattern.compile(
                    "(?<local>"
                            + WORD
                            + "(?:\\."
                            + WORD
                            + ")*)@"
                            + LABEL
                            + "(?:\\."
                            + LABEL
                            + ")+");

    private EmailAddresses() {}

    /** Reads an address; nothing but its syntax is checked. */
    public static Reading<String> address() {
        return text -> {
            String address = Texts.bounded(text, LONGEST, Character::isISOControl);
            var match = ADDRESS.matcher(address);
            if (!match.matches() || match.group("local").length() > LONGEST_LOCAL_PART) {
                throw FormWords.faulty("email");
            }
            return address;
        };
    }
}
