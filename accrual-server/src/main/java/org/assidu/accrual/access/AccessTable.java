package org.assidu.accrual.access;

import static org.assidu.accrual.access.AccessRule.of;
import static org.assidu.accrual.access.AccessRule.open;
import static org.assidu.accrual.access.Role.ACCOUNTANT;
import static org.assidu.accrual.access.Role.ANALYST;
import static org.assidu.accrual.access.Role.MARKETING;
import static org.assidu.accrual.access.Role.OPERATOR;
import static org.assidu.accrual.access.Role.PRIVACY_OFFICER;
import static org.assidu.accrual.access.Role.SERVICE_DESK;
import static org.assidu.accrual.access.Role.STANDBY;
import static org.assidu.accrual.access.Role.STORE_MANAGER;
import static org.assidu.accrual.access.Role.TILL;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which role may call which method, and how far it reaches: all of it is here. A method without a row may not be called. */
public final class AccessTable {
    private static final String ACCRUAL = "assidu.v1.AccrualService/";
    private static final String MEMBER = "assidu.v1.MemberService/";
    private static final String PROGRAMME = "assidu.v1.ProgrammeService/";
    private static final String REWARD = "assidu.v1.RewardService/";
    private static final String ADMIN = "assidu.v1.AdminService/";
    private static final String REPLICATION = "assidu.replication.v1.ReplicationService/";
    private static final String HEALTH = "grpc.health.v1.Health/";
    private static final String CHANNELZ = "grpc.channelz.v1.Channelz/";

    private static final List<AccessRule> ROWS = List.of(
            of(ACCRUAL + "StreamSales")
                    .store("receipts.identity.store")
                    .ownStores(TILL)
                    .any(OPERATOR),
            of(ACCRUAL + "RecordReceipt")
                    .store("receipt.identity.store")
                    .ownStores(TILL)
                    .any(OPERATOR),
            of(MEMBER + "Enrol").store("store").ownStores(TILL, SERVICE_DESK, STORE_MANAGER),
            of(MEMBER + "LookUp")
                    .member("member")
                    .any(TILL, SERVICE_DESK, STORE_MANAGER, PRIVACY_OFFICER)
                    .self(),
            of(MEMBER + "LinkIdentifier").any(SERVICE_DESK, PRIVACY_OFFICER),
            of(MEMBER + "BlockCard").any(SERVICE_DESK, PRIVACY_OFFICER),
            of(MEMBER + "ExplainReceipt")
                    .store("receipt.store")
                    .ownStores(TILL, STORE_MANAGER)
                    .any(SERVICE_DESK, ACCOUNTANT, PRIVACY_OFFICER),
            of(MEMBER + "GetReceiptText")
                    .store("receipt.store")
                    .ownStores(TILL, STORE_MANAGER)
                    .any(SERVICE_DESK),
            of(MEMBER + "GetStatement")
                    .member("member")
                    .any(SERVICE_DESK, ACCOUNTANT, PRIVACY_OFFICER)
                    .self(),
            of(MEMBER + "JoinClub")
                    .member("member")
                    .any(TILL, SERVICE_DESK, STORE_MANAGER)
                    .self(),
            of(MEMBER + "LeaveClub")
                    .member("member")
                    .any(SERVICE_DESK, STORE_MANAGER)
                    .self(),
            of(MEMBER + "FindMembers").any(SERVICE_DESK),
            of(MEMBER + "GetProfile")
                    .member("member")
                    .any(SERVICE_DESK, PRIVACY_OFFICER)
                    .self(),
            of(MEMBER + "RectifyMember")
                    .member("member")
                    .any(SERVICE_DESK, PRIVACY_OFFICER)
                    .self(),
            of(MEMBER + "ChangeConsents")
                    .member("member")
                    .any(SERVICE_DESK, PRIVACY_OFFICER)
                    .self(),
            of(MEMBER + "OpposeProfiling")
                    .member("member")
                    .any(SERVICE_DESK, PRIVACY_OFFICER)
                    .self(),
            of(MEMBER + "ExportMember").member("member").any(PRIVACY_OFFICER).self(),
            // Nobody but the privacy officer ends what cannot be brought back.
            of(MEMBER + "EraseMember").any(PRIVACY_OFFICER),
            of(MEMBER + "ApplyRetention").any(PRIVACY_OFFICER),
            of(MEMBER + "Adjust").any(SERVICE_DESK, STORE_MANAGER),
            // The second person: a store manager, who cannot be the one who asked.
            of(MEMBER + "DecideAdjustment").any(STORE_MANAGER),
            of(MEMBER + "ListAdjustments").any(SERVICE_DESK, STORE_MANAGER, ACCOUNTANT),
            of(MEMBER + "UnblockCard").any(SERVICE_DESK, PRIVACY_OFFICER),
            of(MEMBER + "ReplaceCard").any(SERVICE_DESK, PRIVACY_OFFICER),
            of(MEMBER + "ClaimReceipt")
                    .store("receipt.store")
                    .ownStores(STORE_MANAGER)
                    .any(SERVICE_DESK),
            of(MEMBER + "ImportMembers").any(OPERATOR),
            of(MEMBER + "JoinHousehold").any(SERVICE_DESK, STORE_MANAGER),
            of(MEMBER + "LeaveHousehold").any(SERVICE_DESK, STORE_MANAGER),
            // Cannot be undone.
            of(MEMBER + "MergeMembers").any(STORE_MANAGER, PRIVACY_OFFICER),
            // All members by key: for forwarders, not for people.
            of("assidu.v1.EngagementService/StreamEvents").any(OPERATOR, MARKETING),
            // Worth points: whoever keeps the app, the survey or the till says so, not the member.
            of("assidu.v1.EngagementService/RecordAct").any(TILL, SERVICE_DESK, STORE_MANAGER, MARKETING),
            of("assidu.v1.EngagementService/ReferMember").any(TILL, SERVICE_DESK, STORE_MANAGER, MARKETING),
            of("assidu.v1.EngagementService/ImportTags").any(MARKETING),
            of(REWARD + "ListRewards")
                    .member("member")
                    .any(TILL, SERVICE_DESK, STORE_MANAGER)
                    .self(),
            of(REWARD + "Reserve")
                    .member("member")
                    .any(TILL, SERVICE_DESK, STORE_MANAGER)
                    .self(),
            of(REWARD + "ConvertPoints")
                    .member("member")
                    .any(TILL, SERVICE_DESK, STORE_MANAGER)
                    .self(),
            // Who hands the reward over says so: not the member.
            of(REWARD + "Commit").any(TILL, SERVICE_DESK, STORE_MANAGER),
            of(REWARD + "Cancel").any(TILL, SERVICE_DESK, STORE_MANAGER),
            // Money: against payment at a till or desk.
            of(REWARD + "IssueCode").any(TILL, SERVICE_DESK),
            of(REWARD + "GetCode").any(TILL, SERVICE_DESK, STORE_MANAGER),
            of(REWARD + "RedeemCode").any(TILL, SERVICE_DESK),
            of(REWARD + "RefundCode").any(TILL, SERVICE_DESK),
            of(REWARD + "UsePromoCode").any(TILL, SERVICE_DESK),
            of(PROGRAMME + "ValidateProgramme").any(MARKETING, OPERATOR),
            of(PROGRAMME + "PublishProgramme").any(MARKETING),
            of(PROGRAMME + "GetProgramme").any(MARKETING, OPERATOR, ANALYST, ACCOUNTANT),
            of(PROGRAMME + "ListProgrammes").any(MARKETING, OPERATOR, ANALYST, ACCOUNTANT),
            of(PROGRAMME + "DescribeProgramme")
                    .any(MARKETING, OPERATOR, ANALYST, ACCOUNTANT, SERVICE_DESK, STORE_MANAGER),
            of(PROGRAMME + "DiffProgrammes").any(MARKETING, OPERATOR, ANALYST, ACCOUNTANT),
            of(PROGRAMME + "SimulateReceipt").any(MARKETING, OPERATOR),
            of(ADMIN + "GetStatus").any(OPERATOR, ACCOUNTANT),
            // Writes where the request says, on the server's machine.
            of(ADMIN + "ExportNow").any(OPERATOR),
            of(ADMIN + "CopyDirectory").any(OPERATOR),
            of(ADMIN + "ImportProducts").any(OPERATOR, MARKETING),
            of(ADMIN + "ImportStores").any(OPERATOR),
            of(ADMIN + "IssueCards").any(OPERATOR),
            of(ADMIN + "PassDays").any(OPERATOR),
            of(ADMIN + "Drain").any(OPERATOR),
            // The whole journal, and the word that ends a primary.
            of(REPLICATION + "FollowJournal").any(STANDBY),
            of(REPLICATION + "ReportFollowed").any(STANDBY),
            of(REPLICATION + "ExchangeEpochs").any(STANDBY),
            // Load balancers have no token; the answer says no more than a refused connection would.
            open(HEALTH + "Check"),
            open(HEALTH + "Watch"),
            of("grpc.reflection.v1.ServerReflection/ServerReflectionInfo").any(Role.values()),
            of(CHANNELZ + "GetTopChannels").any(OPERATOR),
            of(CHANNELZ + "GetServers").any(OPERATOR),
            of(CHANNELZ + "GetServer").any(OPERATOR),
            of(CHANNELZ + "GetServerSockets").any(OPERATOR),
            of(CHANNELZ + "GetChannel").any(OPERATOR),
            of(CHANNELZ + "GetSubchannel").any(OPERATOR),
            of(CHANNELZ + "GetSocket").any(OPERATOR));

    private static final Map<String, AccessRule> BY_METHOD =
            ROWS.stream().collect(Collectors.toUnmodifiableMap(AccessRule::method, Function.identity()));

    private AccessTable() {}

    /** The row of a method, by its full name; null = there is none, and nobody may call it. */
    public static @Nullable AccessRule rule(String method) {
        return BY_METHOD.get(method);
    }

    /** All rows. */
    public static List<AccessRule> rows() {
        return ROWS;
    }
}
