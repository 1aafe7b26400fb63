package io.github.x402sessions.facilitator.store.jdbc;

import java.time.Clock;
import java.util.List;

import io.github.x402sessions.facilitator.audit.AuditLog;
import io.github.x402sessions.facilitator.channel.ChannelLeases;
import io.github.x402sessions.facilitator.deferred.CommitmentAccounts;
import io.github.x402sessions.facilitator.deferred.CommitmentRepository;
import io.github.x402sessions.facilitator.deferred.DeferredFunding;
import io.github.x402sessions.facilitator.deferred.LendingBooks;
import io.github.x402sessions.facilitator.deferred.hold.HoldRepository;
import io.github.x402sessions.facilitator.deferred.redemption.RedemptionRepository;
import io.github.x402sessions.facilitator.deferred.retention.LendingRetention;
import io.github.x402sessions.facilitator.event.delivery.EventOutbox;
import io.github.x402sessions.facilitator.limit.LimitUses;
import io.github.x402sessions.facilitator.operations.OpenWork;
import io.github.x402sessions.facilitator.merchant.MerchantBooks;
import io.github.x402sessions.facilitator.merchant.MerchantRepository;
import io.github.x402sessions.facilitator.reconcile.ChainSearch;
import io.github.x402sessions.facilitator.reconcile.ChainSearches;
import io.github.x402sessions.facilitator.reconcile.RecordedSessions;
import io.github.x402sessions.facilitator.reconcile.RecordedTransactions;
import io.github.x402sessions.facilitator.scheme.session.SessionFunding;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.session.SessionSums;
import io.github.x402sessions.facilitator.session.VerifiedHolds;
import io.github.x402sessions.facilitator.session.evidence.EvidenceRepository;
import io.github.x402sessions.facilitator.session.evidence.PaymentEvidence;
import io.github.x402sessions.facilitator.discovery.Listings;
import io.github.x402sessions.facilitator.key.SpenderRoster;
import io.github.x402sessions.facilitator.key.TestSpenders;
import io.github.x402sessions.facilitator.settlement.funding.CompositeFunding;
import io.github.x402sessions.facilitator.settlement.funding.FundingSource;
import io.github.x402sessions.facilitator.settlement.funding.RecipientLimits;
import io.github.x402sessions.facilitator.settlement.funding.TransferOrder;
import io.github.x402sessions.facilitator.settlement.recipient.RecipientBooks;
import io.github.x402sessions.facilitator.settlement.repository.OutcomeDeliveries;
import io.github.x402sessions.facilitator.settlement.repository.SettlementBooks;
import io.github.x402sessions.facilitator.settlement.repository.SettlementRepository;
import io.github.x402sessions.facilitator.settlement.repository.TransactionRepository;
import io.github.x402sessions.facilitator.store.Nodes;
import io.github.x402sessions.facilitator.store.UnitOfWork;
import io.github.x402sessions.facilitator.store.jdbc.audit.AuditStore;
import io.github.x402sessions.facilitator.store.jdbc.database.DatabaseClock;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import io.github.x402sessions.facilitator.store.jdbc.deferred.DeferredStore;
import io.github.x402sessions.facilitator.store.jdbc.discovery.DiscoveryStore;
import io.github.x402sessions.facilitator.store.jdbc.event.EventStore;
import io.github.x402sessions.facilitator.store.jdbc.limit.LimitStore;
import io.github.x402sessions.facilitator.store.jdbc.merchant.MerchantStore;
import io.github.x402sessions.facilitator.store.jdbc.session.SessionStore;
import io.github.x402sessions.facilitator.store.jdbc.settlement.SettlementStore;
import io.github.x402sessions.stellar.transfer.Transfer;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The store as one process has it, without a Spring context: behind the interfaces of
 * which the tests are the contract.
 */
public final class TestStore {

	/** That of the sessions that {@link StoredRow} makes. */
	private static final String SPENDER = "s";

	private final JdbcClient jdbc;

	private final Dialect dialect;

	private final Clock clock;

	private final UnitOfWork unitOfWork;

	private final Nodes nodes;

	/**
	 * Create it.
	 * @param clock the time that is written to rows, but to those of nodes
	 */
	public TestStore(JdbcClient jdbc, TransactionOperations transactions, Dialect dialect, Clock clock) {
		this.jdbc = jdbc;
		this.dialect = dialect;
		this.clock = clock;
		this.unitOfWork = new JdbcUnitOfWork(transactions);
		this.nodes = new JdbcNodes(jdbc, new DatabaseClock(jdbc, dialect), dialect);
	}

	/**
	 * The sessions of a database of which nothing else is asked, and that may be broken.
	 */
	public static SessionRepository sessions(JdbcClient jdbc) {
		return SessionStore.sessions(jdbc, null, Clock.systemUTC());
	}

	/** The settlements of such a database. */
	public static SettlementRepository settlements(JdbcClient jdbc) {
		return SettlementStore.settlements(jdbc, null, Clock.systemUTC());
	}

	public SpenderRoster roster() {
		return new JdbcSpenderRoster(this.jdbc, this.nodes, this.clock, this.dialect);
	}

	public Nodes nodes() {
		return this.nodes;
	}

	public SessionRepository sessions() {
		return SessionStore.sessions(this.jdbc, this.unitOfWork, this.clock);
	}

	public SettlementRepository settlements() {
		return SettlementStore.settlements(this.jdbc, this.nodes, this.clock);
	}

	public TransactionRepository transactions() {
		return SettlementStore.transactions(this.jdbc, this.dialect, this.nodes, this.clock);
	}

	public Listings listings() {
		return DiscoveryStore.listings(this.jdbc, this.unitOfWork, this.clock, this.dialect);
	}

	public EventOutbox events() {
		return EventStore.outbox(this.jdbc, this.unitOfWork, this.clock);
	}

	public ChannelLeases leases() {
		return new JdbcChannelLeases(this.jdbc, this.dialect, this.clock);
	}

	public OutcomeDeliveries deliveries() {
		return new OutcomeDeliveries(SettlementStore.deliveries(this.jdbc), this.clock);
	}

	public SettlementBooks books() {
		return books(RecipientLimits.NONE);
	}

	public SettlementBooks books(RecipientLimits limits) {
		return new SettlementBooks(this.unitOfWork, settlements(), transactions(), leases(),
				new CompositeFunding(List.of(new DeferredFunding(lending()), funding())), limits);
	}

	public MerchantRepository merchants() {
		return MerchantStore.merchants(this.jdbc, this.dialect, this.clock);
	}

	public MerchantBooks merchantBooks() {
		return MerchantStore.books(this.jdbc);
	}

	public LendingBooks lending() {
		return DeferredStore.lending(this.jdbc, this.nodes, this.clock);
	}

	public CommitmentRepository commitments() {
		return DeferredStore.commitments(this.jdbc);
	}

	public HoldRepository holds() {
		return DeferredStore.holds(this.jdbc, this.nodes, this.clock);
	}

	public LendingRetention retention() {
		return DeferredStore.retention(this.jdbc, this.dialect, this.clock);
	}

	public RedemptionRepository redemptions() {
		return redemptions(SPENDER);
	}

	public RedemptionRepository redemptions(String... spenders) {
		return DeferredStore.redemptions(this.jdbc, this.nodes, this.clock, TestSpenders.named(spenders));
	}

	public RecipientBooks recipients() {
		return SettlementStore.recipients(this.jdbc, this.unitOfWork);
	}

	public SessionSums sums() {
		return SessionStore.sums(this.jdbc, this.clock);
	}

	public VerifiedHolds verifiedHolds() {
		return SessionStore.verifiedHolds(this.jdbc, this.unitOfWork, this.dialect);
	}

	public LimitUses limits() {
		return LimitStore.uses(this.jdbc, this.dialect);
	}

	public UnitOfWork unitOfWork() {
		return this.unitOfWork;
	}

	public EvidenceRepository evidence() {
		return SessionStore.evidence(this.jdbc, this.clock);
	}

	public CommitmentAccounts accounts() {
		return funding();
	}

	private SessionFunding funding() {
		return new SessionFunding(sessions(), sums(), evidence(), null, TestSpenders.named(SPENDER),
				TestSpenders.transfers(TestSpenders.named(SPENDER)));
	}

	/** A session as the account that a settlement draws on. */
	public FundingSource account(Session session) {
		return funding().account(session);
	}

	/** The account for a payment that is signed. */
	public FundingSource account(Session session, PaymentEvidence signed) {
		return funding().account(session, signed);
	}

	/** An order to pay with a session. */
	public TransferOrder order(Session session, Transfer transfer) {
		return new TransferOrder(account(session), transfer, session.lastLedger());
	}

	public RecordedSessions recordedSessions() {
		return new JdbcRecordedSessions(this.jdbc);
	}

	public OpenWork openWork() {
		return new JdbcOpenWork(this.jdbc, this.clock);
	}

	public AuditLog audit() {
		return AuditStore.log(this.jdbc, this.clock);
	}

	public ChainSearch search(String spender) {
		return searches().of(spender);
	}

	public ChainSearches searches() {
		return new JdbcChainSearches(this.jdbc, this.clock);
	}

	public RecordedTransactions recordedTransactions() {
		return new JdbcRecordedTransactions(this.jdbc);
	}

}
