package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assidu.accrual.journal.Durability;
import org.assidu.accrual.server.ServerConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Four starts of a server leave four generations, of which the oldest three go to another disk. */
@Timeout(120)
class ArchiveCommandTest {
    private static final int STARTS = 4;

    @TempDir
    private Path folder;

    private Path data;
    private Path archive;
    private String hash = "";

    @BeforeEach
    void serve() throws IOException {
        data = folder.resolve("data");
        archive = folder.resolve("archive");
        for (int start = 1; start <= STARTS; start++) {
            try (RunningServer server = start(data)) {
                publish(server, 2019 + start);
                hash = server.type("status", "--json").json("stateHash");
            }
        }
    }

    private static RunningServer start(Path directory) throws IOException {
        return new RunningServer(
                ServerConfig.at(directory).withDurability(Durability.FAST).withMemberKeySeed(7));
    }

    private void publish(RunningServer server, int year) throws IOException {
        Path programme = Files.writeString(folder.resolve("programme.yaml"), """
                format: 1
                id: points
                currency: EUR
                time_zone: Europe/Paris
                effective_from: %d-01-01T00:00:00+01:00
                purse: {id: points}
                earning: {basis: AMOUNT, points: 1, per: 1.00}
                """.formatted(year));
        ok(server.type("programme", "publish", programme.toString()));
    }

    private static Terminal ok(Terminal typed) {
        assertThat(typed.code()).as(typed.out() + typed.err()).isZero();
        return typed;
    }

    private Terminal archive(Path to, String... choice) {
        String[] command = {"archive", "--data", data.toString(), "--to", to.toString(), choice[0], choice[1]};
        return Terminal.type(command);
    }

    private void snapshot() {
        ok(Terminal.type("snapshot", "--data", data.toString()));
    }

    private Terminal verify(String... more) {
        return Terminal.type(Stream.concat(Stream.of("verify", "--data", data.toString()), Stream.of(more))
                .toArray(String[]::new));
    }

    @Test
    void withoutASnapshotOrBesideAServerNothingLeaves() throws IOException {
        Terminal refused = archive(archive, "--keep-generations", "1");
        assertThat(refused.code()).isEqualTo(Assidu.FAILED);
        assertThat(refused.err()).contains("there is no good snapshot in").contains("assidu snapshot --data " + data);
        snapshot();
        try (RunningServer server = start(data)) {
            assertThat(archive(archive, "--keep-generations", "1").err()).contains("is in use by");
        }
        assertThat(archive(data.resolve("archive"), "--keep-generations", "1").err())
                .contains("frees no room");
        assertThat(archive(archive, "--older-than", "30").out())
                .contains("nothing was archived")
                .contains("generation 1 stays: it is not old enough");
        assertThat(files(1)).hasSizeGreaterThan(1);
        assertThat(ok(verify()).out()).contains("outcomes identical");
    }

    @Test
    void whatLeavesIsReadWhereItIsByEveryReader() throws IOException {
        snapshot();
        Terminal done = ok(archive(archive, "--keep-generations", "1"));
        assertThat(done.out())
                .contains("archived generations 1 to 3 in " + archive)
                .contains("generation 4 stays: it is among the newest 1");
        for (int generation = 1; generation < STARTS; generation++) {
            assertThat(files(generation)).containsExactlyInAnyOrder("generation.archived", "generation.seal");
        }
        assertThat(ok(verify()).out())
                .contains("archived at " + archive.resolve("journal/gen-000001"))
                .contains("outcomes identical");
        assertThat(ok(Terminal.type("verify", "--data", archive.toString())).out())
                .contains("outcomes identical");
        assertThat(ok(Terminal.type("dump", "--data", data.toString())).out().lines())
                .hasSizeGreaterThanOrEqualTo(STARTS);
        try (RunningServer server = start(data)) {
            assertThat(server.type("status", "--json").json("stateHash")).isEqualTo(hash);
            ok(server.type("export", "--out", folder.resolve("export").toString()));
            publish(server, 2025);
        }
        Path backup = folder.resolve("backup");
        ok(Terminal.type("backup", "--data", data.toString(), "--to", backup.toString()));
        ok(Terminal.type(
                "restore",
                "--from",
                backup.toString(),
                "--data",
                folder.resolve("restored").toString()));
        assertThat(ok(Terminal.type(
                                "verify", "--data", folder.resolve("restored").toString()))
                        .out())
                .contains("outcomes identical")
                .doesNotContain("archived");
        snapshot();
        assertThat(ok(archive(archive, "--keep-generations", "1")).out()).contains("archived generations 4 to 4 in");
        assertThat(ok(verify()).out()).contains("outcomes identical");
    }

    @Test
    void anArchiveThatIsAwayOrDamagedIsNamed() throws IOException {
        snapshot();
        ok(archive(archive, "--keep-generations", "1"));
        Path moved = folder.resolve("moved");
        Files.move(archive, moved);

        assertThat(verify().err())
                .contains("gen-000001 of journal")
                .contains("is archived at " + archive.resolve("journal/gen-000001") + ", which is not there");
        assertThatThrownBy(() -> start(data).close()).hasMessageContaining("which is not there");
        assertThat(ok(verify("--archive", moved.toString())).out())
                .contains("archived at " + moved.resolve("journal/gen-000001"))
                .contains("outcomes identical");
        assertThat(archive(folder.resolve("empty"), "--keep-generations", "1").err())
                .contains("is archived at " + archive)
                .contains("give that archive");
        assertThat(ok(archive(moved, "--keep-generations", "1")).out()).contains("generation 3 was at " + archive);
        assertThat(ok(verify()).out()).contains("outcomes identical");

        Path file;
        try (Stream<Path> files = Files.list(moved.resolve("journal/gen-000002"))) {
            file = files.filter(path -> path.toString().endsWith(".cq4"))
                    .findFirst()
                    .orElseThrow();
        }
        flip(file);
        assertThat(verify().out()).contains("DAMAGED").contains("position=2").contains(file.toString());
    }

    private List<String> files(int generation) throws IOException {
        try (Stream<Path> all = Files.list(data.resolve("journal/gen-00000" + generation))) {
            return all.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static void flip(Path file) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            long at = access.length() - 60;
            access.seek(at);
            int value = access.read();
            access.seek(at);
            access.write(value ^ 4);
        }
    }
}
