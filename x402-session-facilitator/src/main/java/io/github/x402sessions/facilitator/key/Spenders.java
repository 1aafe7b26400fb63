package io.github.x402sessions.facilitator.key;

import java.util.List;
import java.util.Optional;

import io.github.x402sessions.stellar.account.AccountSigner;

/**
 * The accounts that payers let spend and that this node signs for. One is current, which
 * payers are told; what was allowed to another goes on. Which one is current may change
 * at any time. Implementations are thread-safe.
 */
@FunctionalInterface
public interface Spenders {

	/**
	 * Return them.
	 * @return the current one first; not empty
	 */
	List<? extends AccountSigner> signers();

	/** Return the one that payers are told. */
	default AccountSigner current() {
		return signers().get(0);
	}

	/**
	 * Return the address of the current one.
	 * @return the address, {@code G…}
	 */
	default String address() {
		return current().address();
	}

	/**
	 * Return their addresses.
	 * @return the current one's first
	 */
	default List<String> addresses() {
		return signers().stream().map(AccountSigner::address).toList();
	}

	/**
	 * Return one of them.
	 * @param address its address
	 * @return who signs for it, or empty if this node does not
	 */
	default Optional<AccountSigner> find(String address) {
		return signers().stream()
			.filter((signer) -> signer.address().equals(address))
			.findFirst()
			.map(AccountSigner.class::cast);
	}

	/**
	 * Tell whether an account is one of them.
	 * @param address the account's address
	 */
	default boolean contains(String address) {
		return addresses().contains(address);
	}

	/**
	 * Tell whether there are signatures of one of them now, as far as that is known.
	 * @param address its address
	 * @return false also if this node does not sign for it
	 */
	default boolean canSign(String address) {
		return find(address).filter((signer) -> !(signer instanceof GuardedSigner guarded) || !guarded.isFailing())
			.isPresent();
	}

}
