package guichet.chassis.forms;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** The site a request is about: its alias, or its address on the web (C1). */
public final class Sites {

    private static final int LONGEST = 2_000;

    private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");
    private static final Pattern HOST =
            Pattern.compile("(?:[A-Za-z0-9_-]{1,63}\\.)+[A-Za-z0-9-]{1,63}(?::\\d{1,5})?");

    private Sites() {}

    /** Reads an alias or an http or https URL; the scheme may be left out. Kept as written. */
    public static Reading<String> aliasOrUrl() {
        return text -> {
            String site = Texts.bounded(text, LONGEST, Character::isISOControl);
            if (!ALIAS.matcher(site).matches() && !isWebAddress(site)) {
                throw FormWords.faulty("site");
            }
            return site;
        };
    }

    private static boolean isWebAddress(String text) {
        try {
            URI address = new URI(text.contains("://") ? text : "https://" + text);
            String scheme = address.getScheme();
            return ("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme))
                    && address.getRawAuthority() != null
                    && HOST.matcher(IDN.toASCII(address.getAuthority())).matches();
        } catch (URISyntaxException | IllegalArgumentException e) {
            return false;
        }
    }
}
