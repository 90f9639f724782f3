// A till in another language, written against the proto files alone.
// node client.js PROTO_FOLDER HOST:PORT CARD RECEIPTS SOLD_AT_MILLIS
'use strict';

const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const [protoFolder, address, card, receipts, soldAtMillis] = process.argv.slice(2);
const definition = loader.loadSync(['assidu/v1/accrual_service.proto', 'assidu/v1/member_service.proto'], {
  includeDirs: [protoFolder],
  longs: String,
  enums: String,
});
const { assidu } = grpc.loadPackageDefinition(definition);
const credentials = grpc.credentials.createInsecure();
const accrual = new assidu.v1.AccrualService(address, credentials);
const members = new assidu.v1.MemberService(address, credentials);

function receipt(number) {
  return {
    identity: { store: 'Nantes', till: 'n1', number },
    soldAtMillis,
    currency: 'EUR',
    member: { card },
    lines: [
      { sku: 'pain', quantityThousandths: 1000, amountMinor: 120, vatRateHundredths: 550 },
      { sku: 'café', quantityThousandths: 2000, amountMinor: 480, vatRateHundredths: 550 },
    ],
  };
}

function fail(problem) {
  console.error(String(problem));
  process.exit(1);
}

const statuses = {};
let answered = 0;
const stream = accrual.streamSales();
stream.on('error', fail);
stream.on('data', (response) => {
  for (const result of response.results) {
    answered += 1;
    if (result.sequence !== String(answered)) {
      fail(`result ${result.sequence} came as number ${answered}`);
    }
    statuses[result.status] = (statuses[result.status] || 0) + 1;
  }
});
stream.on('end', () => {
  console.log(`statuses ${JSON.stringify(statuses)}`);
  members.lookUp({ member: { card } }, (problem, found) => {
    if (problem) {
      fail(problem);
      return;
    }
    console.log(`balance_micro ${found.purses[0].balanceMicro}`);
    process.exit(0);
  });
});

for (let number = 1; number <= Number(receipts); number += 1) {
  stream.write({ receipts: [receipt(number)] });
}
// The last one again, as a till does that lost an answer.
stream.write({ receipts: [receipt(Number(receipts))] });
stream.end();
