import type { Behaviour } from "../behaviour.ts";
import { fetchWhatIsMine, fileCodes, fileComplaints, fileWishes, payForFiles } from "../files.ts";
import { cards, fillCart, giveAddress, payWith, startSession, wishes } from "../visit.ts";

export const buysBoth: Behaviour = {
  name: "buys-both",
  tells: "parcels and files, paid once; now and then all or nothing: files stay whatever becomes of the parcels",
  weight: 5,
  play: async (visit) => {
    const { customer, random } = visit;
    visit.later.push(async (back) => await fileComplaints(visit, back));
    await fillCart(visit, wishes(visit));
    await fillCart(visit, fileWishes(visit), [1]);
    const { sessionId } = await startSession(visit, undefined, fileCodes);
    await giveAddress(visit, sessionId);
    const onStoreFailure = random.chance(0.4) ? "all_or_nothing" : "ship_what_you_can";
    await payWith(customer, sessionId, { paymentMethodId: random.pick(cards.good), onStoreFailure });
    await payForFiles(visit, sessionId);
    await fetchWhatIsMine(visit, sessionId);
  },
};
