package org.assidu.accrual.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongUnaryOperator;
import org.assidu.accrual.directory.MemberDirectory;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.pipeline.ActDesk;
import org.assidu.accrual.pipeline.Pipeline;
import org.assidu.proto.v1.ImportTagsRequest;
import org.assidu.proto.v1.ImportTagsResponse;
import org.assidu.proto.v1.RefusedTagRow;
import org.assidu.proto.v1.TagRow;
import org.jspecify.annotations.Nullable;

/** Streams of tags from outside: one request at a time, each of its rows decided in one turn of the pipeline. */
final class TagImport {
    /** All are decided in one turn, for which tills wait. */
    private static final int MOST_ROWS = 200;

    private static final String TAG = "[a-z0-9][a-z0-9-]{0,63}";
    private static final String ANALYTICS = "analytics";
    private static final int YEAR = 10_000;
    private static final int MONTH = 100;

    private final Pipeline pipeline;
    private final MemberDirectory directory;
    private final ActDesk acts;
    private final ExportedKeys exported;

    TagImport(Pipeline pipeline, MemberDirectory directory, ExportedKeys exported) {
        this.pipeline = pipeline;
        this.directory = directory;
        this.exported = exported;
        acts = new ActDesk(pipeline);
    }

    StreamObserver<ImportTagsRequest> open(StreamObserver<ImportTagsResponse> observer) {
        var call = (ServerCallStreamObserver<ImportTagsResponse>) observer;
        call.disableAutoRequest();
        call.request(1);
        return new Stream(call);
    }

    private final class Stream implements StreamObserver<ImportTagsRequest> {
        private final ServerCallStreamObserver<ImportTagsResponse> call;
        private final Map<String, LongUnaryOperator> keys = new HashMap<>();
        private boolean failed;
        private boolean busy;
        private boolean completed;

        Stream(ServerCallStreamObserver<ImportTagsResponse> call) {
            this.call = call;
        }

        @Override
        public synchronized void onNext(ImportTagsRequest request) {
            if (failed) {
                return;
            }
            busy = true;
            try {
                check(request);
                answer(request).whenComplete(this::answered);
            } catch (RuntimeException problem) {
                answered(null, problem);
            }
        }

        private synchronized void answered(@Nullable ImportTagsResponse response, @Nullable Throwable problem) {
            busy = false;
            if (call.isCancelled()) {
                return;
            }
            if (response == null) {
                failed = true;
                Answers.fail(call, problem == null ? new IllegalStateException("no answer") : problem);
                return;
            }
            call.onNext(response);
            call.request(1);
            if (completed) {
                call.onCompleted();
            }
        }

        /** Exported keys are looked up off the caller's thread: the first time that goes through all members. */
        private CompletableFuture<ImportTagsResponse> answer(ImportTagsRequest request) {
            String purpose = request.getPurpose().isEmpty() ? ANALYTICS : request.getPurpose();
            boolean asksForKeys = request.getRowsList().stream().anyMatch(TagRow::hasExportedKey);
            return pipeline.directory(members -> {
                        LongUnaryOperator member = asksForKeys ? keys.computeIfAbsent(purpose, this::keys) : key -> 0;
                        return new Batch(request, member);
                    })
                    .thenCompose(batch -> acts.tag(batch.tags).thenApply(batch::response));
        }

        private LongUnaryOperator keys(String purpose) {
            try {
                return exported.of(purpose);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }

        @Override
        public synchronized void onError(Throwable gone) {
            failed = true;
        }

        @Override
        public synchronized void onCompleted() {
            completed = true;
            if (!failed && !busy) {
                call.onCompleted();
            }
        }
    }

    private static void check(ImportTagsRequest request) {
        ActCalls.text(request.getFileId(), "file_id", 1);
        ActCalls.text(request.getPurpose(), "purpose", 0);
        if (request.getRowsCount() < 1 || request.getRowsCount() > MOST_ROWS) {
            throw GrpcErrors.invalidArgument("rows", request.getRowsCount() + "; send 1 to " + MOST_ROWS);
        }
    }

    /** The rows of a request as tags to decide, and those that cannot be. */
    private final class Batch {
        private final List<ActDesk.Tag> tags = new ArrayList<>();
        /** By tag: its row. */
        private final List<Integer> rows = new ArrayList<>();

        private final ImportTagsResponse.Builder to = ImportTagsResponse.newBuilder();

        Batch(ImportTagsRequest request, LongUnaryOperator exportedKeys) {
            for (int row = 0; row < request.getRowsCount(); row++) {
                add(request, row, exportedKeys);
            }
        }

        private void add(ImportTagsRequest request, int row, LongUnaryOperator exportedKeys) {
            TagRow from = request.getRows(row);
            long member = member(from, row, exportedKeys);
            if (member == 0) {
                return;
            }
            if (!from.getTag().matches(TAG)) {
                refuse(row, "tag is \"" + from.getTag() + "\"; write lower-case letters, digits and '-', at most 64");
                return;
            }
            int lastDay;
            try {
                lastDay = lastDay(from.getLastDay());
            } catch (DateTimeException noDay) {
                refuse(row, "last_day is " + from.getLastDay() + "; write a day such as 2026-12-31");
                return;
            }
            String key = String.format(
                    "%s/%016x/%s/%s", request.getFileId(), member, from.getTag(), from.getRemoved() ? "-" : "+");
            tags.add(new ActDesk.Tag(member, from.getTag(), lastDay, from.getRemoved(), key));
            rows.add(row);
        }

        /** @return 0 for a row that is refused */
        private long member(TagRow from, int row, LongUnaryOperator exportedKeys) {
            long found = switch (from.getWhoCase()) {
                case EXPORTED_KEY -> exportedKeys.applyAsLong(from.getExportedKey());
                case MEMBER -> known(from, row);
                case WHO_NOT_SET -> 0;
            };
            if (found == 0 && (to.getRefusedCount() == 0 || lastRefused() != row)) {
                refuse(
                        row,
                        from.hasExportedKey()
                                ? "no member has this key in exports of this purpose: check the purpose, and that the"
                                        + " export came from this server"
                                : "no member has this identifier: check it, or enrol the person under it");
            }
            return found;
        }

        private int lastRefused() {
            return to.getRefused(to.getRefusedCount() - 1).getRow();
        }

        private long known(TagRow from, int row) {
            try {
                if (from.getMember().hasMemberKey()) {
                    long key = from.getMember().getMemberKey();
                    return directory.knows(key) ? key : 0;
                }
                var identifier = MemberMapper.identifier(from.getMember(), "member");
                return identifier == null ? 0 : Math.abs(directory.find(identifier));
            } catch (RuntimeException malformed) {
                refuse(row, String.valueOf(malformed.getMessage()));
                return 0;
            }
        }

        private static int lastDay(int yyyymmdd) {
            return yyyymmdd == 0
                    ? 0
                    : (int) LocalDate.of(yyyymmdd / YEAR, yyyymmdd / MONTH % MONTH, yyyymmdd % MONTH)
                            .toEpochDay();
        }

        ImportTagsResponse response(ActDesk.Tagged tagged) {
            long changed = 0;
            long unchanged = 0;
            long opposed = 0;
            for (int i = 0; i < tags.size(); i++) {
                OperationStatus status = tagged.statuses().get(i);
                switch (status) {
                    case DONE -> changed++;
                    case ALREADY_DONE, NOTHING_TO_DO -> unchanged++;
                    case NOT_ALLOWED -> opposed++;
                    case TOO_LATE -> refuse(rows.get(i), "last_day is over; write a later day, or none");
                    case MEMBER_UNKNOWN -> refuse(rows.get(i), "the member is known, but no record names them yet");
                    case NO_PROGRAMME -> refuse(rows.get(i), "no programme is in force; publish one, then send again");
                    default -> refuse(rows.get(i), "refused: " + status);
                }
            }
            return to.setChanged(changed)
                    .setUnchanged(unchanged)
                    .setOpposed(opposed)
                    .setPosition(tagged.position())
                    .build();
        }

        private void refuse(int row, String reason) {
            to.addRefused(RefusedTagRow.newBuilder().setRow(row).setReason(reason));
        }
    }
}
