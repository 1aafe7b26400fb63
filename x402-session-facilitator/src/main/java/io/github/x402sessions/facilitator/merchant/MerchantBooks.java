package io.github.x402sessions.facilitator.merchant;

import java.util.Collection;
import java.util.List;

import org.springframework.dao.DataAccessException;

/**
 * Tells from the books what recipients were paid and are owed. Implementations are
 * thread-safe.
 */
public interface MerchantBooks {

	/**
	 * Return what was paid.
	 * @param recipients whom
	 * @param since the first day, since 1970
	 * @return by day, the latest first, and asset
	 * @throws DataAccessException if the store fails
	 */
	List<MerchantDay> days(Collection<String> recipients, long since);

	/**
	 * Return what is promised or held, and in no ledger yet.
	 * @param recipients for whom
	 * @return by asset
	 * @throws DataAccessException if the store fails
	 */
	List<OpenAmount> open(Collection<String> recipients);

}
