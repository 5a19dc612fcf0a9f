package dev.genstore.auth;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a token's claims can say (RFC 8725, 3.8, 3.9 and 3.12; RFC 7519, 4.1). */
class ClaimAttacksTest {
    private static final Pattern SECONDS = Pattern.compile("now([+-][0-9]+)");

    private final TokenRig rig = new TokenRig();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            no issuer                     | iss | ``                         | signed
            another issuer                | iss | "https://x.example"        | signed
            an issuer with a slash more   | iss | "https://rs.example/"      | signed
            an issuer in capitals         | iss | "HTTPS://RS.EXAMPLE"       | signed
            issuers in a list             | iss | ["https://rs.example"]     | signed
            an issuer with another key    | iss | "https://all.example"      | signed
            an issuer of other algorithms | iss | "https://es.example"       | signed
            no audience                   | aud | ``                         | audience
            another audience              | aud | "your-api"                 | audience
            an audience that begins so    | aud | "my-api2"                  | audience
            an audience in capitals       | aud | "MY-API"                   | audience
            other audiences               | aud | ["a","b"]                  | audience
            no audience in a list         | aud | []                         | audience
            an audience in a list of a list | aud | [["my-api"]]             | audience
            an audience as a member       | aud | {"my-api":1}               | audience
            an audience that is null      | aud | null                       | audience
            no subject                    | sub | ``                         | subject
            an empty subject              | sub | " "                        | subject
            a number as subject           | sub | 7                          | subject
            no end                        | exp | ``                         | endless
            an end that was               | exp | now-1                      | expired
            an end that is now            | exp | now+0                      | expired
            an end at the beginning       | exp | 0                          | expired
            an end as a text              | exp | "9999999999"               | time
            an end before time            | exp | -1                         | time
            an end behind all dates       | exp | 1e17                       | time
            an end in milliseconds        | exp | 1767229200000              | time
            an end that is null           | exp | null                       | time
            an end that is true           | exp | true                       | time
            not before a while            | nbf | now+61                     | early
            a beginning that is true      | nbf | true                       | time
            issued in the future          | iat | now+61                     | early
            issued at a text              | iat | "now"                      | time
            """)
    void what_the_issuer_has_signed_is_refused_with(
            String what, String claim, String value, String told) {
        Refusal.require(rig, rig.claiming(claim, seconds(value)), told);
    }

    private String seconds(String value) {
        Matcher now = SECONDS.matcher(value);
        return now.matches() ? "" + rig.seconds(Long.parseLong(now.group(1))) : value;
    }
}
