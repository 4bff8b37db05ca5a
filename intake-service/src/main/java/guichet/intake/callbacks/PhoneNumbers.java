package guichet.intake.callbacks;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;

import guichet.chassis.forms.FaultyText;
import guichet.chassis.forms.Reading;
import guichet.chassis.words.Sentence;
import guichet.intake.words.Words;

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
            ValidationResult possible = NUMBERS.isPossibleNumberWithReason(number);
            switch (possible) {
                case TOO_SHORT, TOO_LONG, INVALID_COUNTRY_CODE ->
                        throw faulty(possible.name(), number);
                case INVALID_LENGTH, IS_POSSIBLE_LOCAL_ONLY ->
                        throw faulty("INVALID_LENGTH", number);
                case IS_POSSIBLE -> {}
            }
            if (!NUMBERS.isValidNumber(number)) {
                throw faulty("unused", number);
            }
            if (NUMBERS.getNumberType(number) == PhoneNumberType.PREMIUM_RATE) {
                throw faulty("premium", number);
            }
            return NUMBERS.format(number, PhoneNumberFormat.E164);
        };
    }

    private static PhoneNumber parsed(String text) throws FaultyText {
        if (text.length() > LONGEST) {
            throw faulty(Words.sentence("phone.long", LONGEST));
        }
        if (!text.startsWith("+")) {
            throw faulty(Words.sentence("phone.plus"));
        }
        if (!WRITTEN.matcher(text).matches()) {
            throw faulty(Words.sentence("phone.characters"));
        }
        try {
            return NUMBERS.parse(text, NO_REGION);
        } catch (NumberParseException e) {
            throw faulty(
                    Words.sentence(
                            switch (e.getErrorType()) {
                                case INVALID_COUNTRY_CODE -> "phone.INVALID_COUNTRY_CODE";
                                case TOO_LONG -> "phone.TOO_LONG";
                                case TOO_SHORT_NSN, TOO_SHORT_AFTER_IDD -> "phone.TOO_SHORT";
                                case NOT_A_NUMBER -> "phone.NOT_A_NUMBER";
                            }));
        }
    }

    private static FaultyText faulty(Sentence what) {
        return Words.faulty("phone.example", what, EXAMPLE);
    }

    private static FaultyText faulty(String what, PhoneNumber number) {
        String region = NUMBERS.getRegionCodeForCountryCode(number.getCountryCode());
        String example =
                Optional.ofNullable(NUMBERS.getExampleNumber(region))
                        .map(known -> NUMBERS.format(known, PhoneNumberFormat.E164))
                        .orElse(EXAMPLE);
        return Words.faulty(
                "phone.example.in",
                Words.sentence("phone." + what),
                country(region),
                Integer.toString(number.getCountryCode()),
                example);
    }

    private static Sentence country(String region) {
        return region.equals(PhoneNumberUtil.REGION_CODE_FOR_NON_GEO_ENTITY)
                ? Words.sentence("phone.network")
                : language -> Locale.of("", region).getDisplayCountry(language.locale());
    }
}
