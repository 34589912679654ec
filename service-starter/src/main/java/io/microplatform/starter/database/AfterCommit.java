package io.microplatform.starter.database;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * {@link TransactionSynchronization} that runs an action after the commit of the current
 * transaction, and never if it is rolled back.
 */
public final class AfterCommit implements TransactionSynchronization {

	private final Runnable action;

	private AfterCommit(Runnable action) {
		this.action = action;
	}

	/**
	 * Registers an action.
	 * @param action the action
	 * @throws IllegalStateException if there is no transaction
	 */
	public static void run(Runnable action) {
		TransactionSynchronizationManager.registerSynchronization(new AfterCommit(action));
	}

	@Override
	public void afterCommit() {
		this.action.run();
	}

}
