package guichet.chassis.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;

class BearerHeaderTest {

    @ParameterizedTest
    @ValueSource(strings = {"Bearer a.b-c_d~e+f/9==", "bearer a.b-c_d~e+f/9=="})
    void readsTheToken(String sent) {
        assertThat(BearerHeader.token(sent)).isEqualTo("a.b-c_d~e+f/9==");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Basic YTpi", "Bear"})
    void findsNoneInAnotherScheme(String sent) {
        assertThat(BearerHeader.token(sent)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Bearera",
                "Bearer  a",
                "Bearer ==",
                "Bearer a=b",
                "Bearer a b",
                "Bearer a,b",
                "Bearer ä"
            })
    void refusesWhatIsNoToken(String sent) {
        assertThatThrownBy(() -> BearerHeader.token(sent))
                .isInstanceOf(OAuth2AuthenticationException.class);
    }
}
