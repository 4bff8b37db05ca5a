package guichet.intake.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What a person is known by without being named: good for finding again who is given, not for
 * telling who it is. The same words as {@code ErasureOrdered} has for all who read it.
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
