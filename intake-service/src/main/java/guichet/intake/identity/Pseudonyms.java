package guichet.intake.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Pseudonyms of people. They find somebody again whose id or address is given, and do not tell who
 * it is. {@code ErasureOrdered} has the same, so that all who read it can compare.
 */
public final class Pseudonyms {

    private Pseudonyms() {}

    /** Of a customer id. */
    public static String ofCustomer(String customerId) {
        return sha256("customer\n" + customerId);
    }

    /** Of an e-mail address, in whatever case. */
    public static String ofAddress(String email) {
        return sha256("address\n" + email.toLowerCase(Locale.ROOT));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
