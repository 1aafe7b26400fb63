package io.github.x402sessions.facilitator.store.jdbc.merchant;

import java.util.Collection;
import java.util.List;

import io.github.x402sessions.facilitator.merchant.MerchantBooks;
import io.github.x402sessions.facilitator.merchant.MerchantDay;
import io.github.x402sessions.facilitator.merchant.OpenAmount;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sums of recipients: paid, from the sums of days, and owed, from the settlements that
 * are open. Neither reads anything that was settled long ago. Thread-safe.
 *
 * @param jdbc the database
 */
record JdbcMerchantBooks(JdbcClient jdbc) implements MerchantBooks {

	@Override
	public List<MerchantDay> days(Collection<String> recipients, long since) {
		return this.jdbc.sql("""
				select day, asset, sum(payments) as payments, sum(confirmed) as confirmed from payment_day
				where recipient in (:recipients) and day >= :since and payer <> '' group by day, asset
				having sum(confirmed) > 0 order by day desc, asset""")
			.param("recipients", recipients)
			.param("since", since)
			.query((row, number) -> new MerchantDay(row.getLong("day"), row.getString("asset"), row.getLong("payments"),
					row.getBigDecimal("confirmed").toBigInteger()))
			.list();
	}

	/** Each part has an index of its own, of what is open alone. */
	@Override
	public List<OpenAmount> open(Collection<String> recipients) {
		return this.jdbc.sql("""
				select asset, sum(case when held then 0 else 1 end) as commitments,
				sum(case when held then 0 else amount end) as committed, sum(case when held then 1 else 0 end) as holds,
				sum(case when held then amount else 0 end) as held from (
				select s.asset, s.amount, false as held from settlement s
				where s.status = 'COMMITTED' and s.recipient in (:recipients)
				union all select s.asset, s.amount, false as held from settlement s
				where s.defaulted and s.status = 'DEFAULTED' and s.recipient in (:recipients)
				union all select s.asset, s.amount, false as held from settlement s
				where s.deferred and s.status = 'SUBMITTED' and s.recipient in (:recipients)
				union all select s.asset, s.amount, true as held from settlement s
				where s.held_until is not null and s.status = 'HELD' and s.recipient in (:recipients)) as open
				group by asset order by asset""")
			.param("recipients", recipients)
			.query((row, number) -> new OpenAmount(row.getString("asset"), row.getLong("commitments"),
					row.getBigDecimal("committed").toBigInteger(), row.getLong("holds"),
					row.getBigDecimal("held").toBigInteger()))
			.list();
	}

}
