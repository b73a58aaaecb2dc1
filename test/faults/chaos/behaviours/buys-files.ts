import type { Behaviour } from "../behaviour.ts";
import { checkOutFiles, fetchWhatIsMine, fileComplaints, fileWishes, nameFiles, payForFiles } from "../files.ts";
import { cards, fillCart } from "../visit.ts";

export const buysFiles: Behaviour = {
  name: "buys-files",
  tells: "files alone, by card; now and then one that is theirs already, or of an edition that others want, too",
  weight: 6,
  play: async (visit) => {
    const { random } = visit;
    visit.later.push(async (back) => await fileComplaints(visit, back));
    const wanted = fileWishes(visit);
    const card = random.pick(random.chance(0.75) ? cards.good : [...cards.bad, ...cards.challenged]);
    const sessionId = await checkOutFiles(visit, wanted, card);
    await payForFiles(visit, sessionId);
    await fetchWhatIsMine(visit, sessionId);
    if (!random.chance(0.35)) return;
    // Owned by now, or not, as the card was refused: either is told, and neither is charged twice.
    const again = await nameFiles(visit, random.some(wanted, 1), random.pick(cards.good));
    await payForFiles(visit, again);
    await fetchWhatIsMine(visit, again);
  },
};

export const buysFilesTwice: Behaviour = {
  name: "buys-files-twice",
  tells: "the same file in two tabs at once, each with something else beside it: one of them pays for it",
  weight: 3,
  play: async (visit) => {
    const { random, shop } = visit;
    visit.later.push(async (back) => await fileComplaints(visit, back));
    // Both tabs are one visitor's.
    await fillCart(visit, random.some(shop.variants, 1));
    const [same, one, other] = random.some(
      shop.files.filter(({ currency }) => currency === "USD"),
      3,
    );
    const tabs = [one, other].map(async (beside) => {
      const wanted = [same, beside].filter((file) => file !== undefined);
      const sessionId = await nameFiles(visit, wanted, random.pick(cards.good));
      await payForFiles(visit, sessionId);
      await fetchWhatIsMine(visit, sessionId);
    });
    const ended = await Promise.allSettled(tabs);
    for (const end of ended) if (end.status === "rejected") throw end.reason;
  },
};
