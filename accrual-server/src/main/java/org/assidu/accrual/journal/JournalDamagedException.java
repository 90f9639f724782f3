package org.assidu.accrual.journal;

/** Records that must be there are missing or changed. */
public final class JournalDamagedException extends JournalException {
    private static final long serialVersionUID = 1L;
    private final transient JournalDamage damage;

    public JournalDamagedException(JournalDamage damage) {
        super(damage.message());
        this.damage = damage;
    }

    public JournalDamage damage() {
        return damage;
    }
}
