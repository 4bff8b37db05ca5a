package guichet.intake.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;

import guichet.chassis.forms.FaultyText;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneNumbersTest {

    @Test
    void c5TakesANumberOfEveryCountry() throws FaultyText {
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();

        for (String region : numbers.getSupportedRegions()) {
            String example =
                    numbers.format(numbers.getExampleNumber(region), PhoneNumberFormat.E164);

            assertThat(PhoneNumbers.callable().read(example)).as(region).isEqualTo(example);
        }
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "+1 415 555 2671,        +14155552671",
        "+1-415-555-2671,        +14155552671",
        "+55 (11) 96123-4567,    +5511961234567",
        "+34 912.34.56.78,       +34912345678",
    })
    void c5ReadsNumbersAsPeopleWriteThem(String written, String e164) throws FaultyText {
        assertThat(PhoneNumbers.callable().read(written)).isEqualTo(e164);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "4155552671,          must begin with a plus sign and the country code",
        "001 415 555 2671,    must begin with a plus sign and the country code",
        "+1 415 CALL NOW,     may have only digits after the plus sign",
        "+1 415 555 2671 x12, may have only digits after the plus sign",
        "+999 123 456 789,    has an unknown country code",
        "+,                   may have only digits after the plus sign",
        "+ ,                  may have only digits after the plus sign",
        "+1 415 555,          has too few digits in United States (+1)",
        "+1 415 555 26712,    has too many digits in United States (+1)",
        "+1 000 555 2671,     is not a number in use in United States (+1)",
        "+1 900 555 2671,     is a premium-rate number",
        "+12345678901234567890123456789012345678901, may have at most 40 characters",
    })
    void c5SaysWhatIsWrongAndGivesAnExample(String written, String fault) {
        assertThatThrownBy(() -> PhoneNumbers.callable().read(written))
                .isInstanceOf(FaultyText.class)
                .hasMessageStartingWith(fault)
                .hasMessageMatching("(?s).*for example \\+\\d{8,15}");
    }
}
