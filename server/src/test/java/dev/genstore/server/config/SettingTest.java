package dev.genstore.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SettingTest {
    @Test
    void a_constant_gives_all_names() {
        assertThat(Setting.PING_INTERVAL.key()).isEqualTo("ping-interval");
        assertThat(Setting.PING_INTERVAL.option()).isEqualTo("--ping-interval");
        assertThat(Setting.PING_INTERVAL.variable()).isEqualTo("GENSTORE_PING_INTERVAL");
    }

    @ParameterizedTest
    @EnumSource
    void a_setting_is_found_by_its_key(Setting setting) {
        assertThat(Setting.withKey(setting.key())).contains(setting);
        assertThat(Setting.nearest(setting.key())).contains(setting);
    }

    @ParameterizedTest
    @EnumSource
    void a_meaning_reads_like_the_others(Setting setting) {
        assertThat(setting.meaning()).matches("[A-Z].*[^.]");
    }
}
