package guichet.intake.callbacks;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;

import guichet.chassis.forms.FaultyText;
import guichet.chassis.forms.Reading;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers the desk may call back (C5): any country, written with a plus sign and country code. */
final class PhoneNumbers {

    /** E.164 has up to 15 digits; the rest is room for the blanks and signs people put between. */
    private static final int LONGEST = 40;

    private static final Pattern WRITTEN = Pattern.compile("\\+[0-9 ().\\u00A0/-]+");
    private static final String EXAMPLE = "+14155552671";
    private static final String NO_REGION = "ZZ";

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    private PhoneNumbers() {}

    /**
     * Reads a number as E.164. Numbers that make the caller pay are refused: a stranger chooses
     * what the desk dials.
     */
    static Reading<String> callable() {
        return text -> {
            PhoneNumber number = parsed(text);
            switch (NUMBERS.isPossibleNumberWithReason(number)) {
                case TOO_SHORT -> throw faulty("has too few digits", number);
                case TOO_LONG -> throw faulty("has too many digits", number);
                case INVALID_COUNTRY_CODE -> throw faulty("has an unknown country code", number);
                case INVALID_LENGTH, IS_POSSIBLE_LOCAL_ONLY ->
                        throw faulty("has a wrong number of digits", number);
                case IS_POSSIBLE -> {}
            }
            if (!NUMBERS.isValidNumber(number)) {
                throw faulty("is not a number in use", number);
            }
            if (NUMBERS.getNumberType(number) == PhoneNumberType.PREMIUM_RATE) {
                throw faulty("is a premium-rate number, which we do not call", number);
            }
            return NUMBERS.format(number, PhoneNumberFormat.E164);
        };
    }

    private static PhoneNumber parsed(String text) throws FaultyText {
        if (text.length() > LONGEST) {
            throw new FaultyText(
                    "may have at most %d characters; for example %s".formatted(LONGEST, EXAMPLE));
        }
        if (!text.startsWith("+")) {
            throw new FaultyText(
                    "must begin with a plus sign and the country code; for example " + EXAMPLE);
        }
        if (!WRITTEN.matcher(text).matches()) {
            throw new FaultyText(
                    "may have only digits after the plus sign, with blanks, hyphens, dots or"
                            + " brackets between them; for example "
                            + EXAMPLE);
        }
        try {
            return NUMBERS.parse(text, NO_REGION);
        } catch (NumberParseException e) {
            throw new FaultyText(
                    switch (e.getErrorType()) {
                                case INVALID_COUNTRY_CODE -> "has an unknown country code";
                                case TOO_LONG -> "has too many digits";
                                case TOO_SHORT_NSN, TOO_SHORT_AFTER_IDD -> "has too few digits";
                                case NOT_A_NUMBER -> "is not a phone number";
                            }
                            + "; for example "
                            + EXAMPLE);
        }
    }

    private static FaultyText faulty(String what, PhoneNumber number) {
        String region = NUMBERS.getRegionCodeForCountryCode(number.getCountryCode());
        String example =
                Optional.ofNullable(NUMBERS.getExampleNumber(region))
                        .map(known -> NUMBERS.format(known, PhoneNumberFormat.E164))
                        .orElse(EXAMPLE);
        String country = Locale.of("", region).getDisplayCountry(Locale.ENGLISH);
        return new FaultyText(
                "%s in %s (+%d); for example %s"
                        .formatted(
                                what,
                                country.isBlank() ? "that network" : country,
                                number.getCountryCode(),
                                example));
    }
}
