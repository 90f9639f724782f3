package org.assidu.accrual.directory;

import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * The maps that a server and its standby both keep of people.
 *
 * @param people sealed row by member key
 * @param names members by hash of a name
 */
record PersonalTables(MVMap<Long, byte[]> people, MVMap<String, byte[]> names) {
    static PersonalTables in(MVStore store) {
        return new PersonalTables(
                store.openMap(
                        "people",
                        new MVMap.Builder<Long, byte[]>()
                                .keyType(LongDataType.INSTANCE)
                                .valueType(ByteArrayDataType.INSTANCE)),
                store.openMap(
                        "names",
                        new MVMap.Builder<String, byte[]>()
                                .keyType(StringDataType.INSTANCE)
                                .valueType(ByteArrayDataType.INSTANCE)));
    }
}
