package dev.genstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

class NativeLibraryTest {
    @TempDir
    Path temporary;

    @Test
    void what_a_killed_start_left_is_removed_by_a_later_one() throws IOException {
        Path left = unpacked("genstore-sqlite-1");
        NativeLibrary.removeLeft(temporary, Instant.now().plusSeconds(60));
        assertThat(left).doesNotExist();
    }

    @Test
    void what_another_process_is_just_unpacking_stays() throws IOException {
        Path young = unpacked("genstore-sqlite-1");
        NativeLibrary.removeLeft(temporary, Instant.now().minusSeconds(60));
        assertThat(young).isNotEmptyDirectory();
    }

    @Test
    void what_is_not_its_own_stays() throws IOException {
        Path other = unpacked("another-program");
        Path link = temporary.resolve("genstore-sqlite-2");
        Files.createSymbolicLink(link, other);
        NativeLibrary.removeLeft(temporary, Instant.now().plusSeconds(60));
        assertThat(link).exists();
        assertThat(other).isNotEmptyDirectory();
    }

    private Path unpacked(String name) throws IOException {
        Path folder = Files.createDirectory(temporary.resolve(name));
        Files.createFile(folder.resolve("sqlite-3.54.1-7c5e-libsqlitejdbc.so"));
        Files.createFile(folder.resolve("sqlite-3.54.1-7c5e-libsqlitejdbc.so.lck"));
        return folder;
    }
}
