import type { TemplateId } from "../../campaigns/lander/lander-looks";
import { rewardHeading } from "../../campaigns/reward/reward-promise";
import { numberIn } from "../../texts/text";
import { BrandMark, Figures, Foot, Head, type Parts, Steps } from "./hosted-parts";

/** A card in the middle of a color or image. */
const Card = (parts: Parts) => (
  <>
    <div class="stage">
      <header class="bar">
        <BrandMark brand={parts.campaign.brand} chosen={parts.chosen} />
      </header>
      <main class="middle">
        <Head {...parts} />
        <Figures {...parts} />
        {parts.panel}
      </main>
    </div>
    <div class="below">
      <Steps {...parts} />
      <Foot {...parts} />
    </div>
  </>
);

/** An image next to the text. It stays in place while the text scrolls. */
const Split = (parts: Parts) => (
  <div class="halves">
    <div class="picture">
      <BrandMark brand={parts.campaign.brand} chosen={parts.chosen} />
    </div>
    <div class="half">
      <main>
        <Head {...parts} />
        <Figures {...parts} />
        {parts.panel}
        <Steps {...parts} />
      </main>
      <Foot {...parts} />
    </div>
  </div>
);

/** A long page to read, with the form always next to it. */
const Editorial = (parts: Parts) => (
  <>
    <header class="bar">
      <BrandMark brand={parts.campaign.brand} chosen={parts.chosen} />
    </header>
    <main class="story">
      <div class="story-head">
        <Head {...parts} />
      </div>
      <aside class="beside">
        {parts.panel}
        <Figures {...parts} />
      </aside>
      <Steps {...parts} />
    </main>
    <Foot {...parts} />
  </>
);

/** A poster with large type from edge to edge. */
const Bold = (parts: Parts) => (
  <>
    <div class="poster">
      <header class="bar">
        <BrandMark brand={parts.campaign.brand} chosen={parts.chosen} />
      </header>
      <main class="poster-main">
        <div>
          <Head {...parts} />
          <Figures {...parts} />
        </div>
        {parts.panel}
      </main>
    </div>
    <Steps {...parts} />
    <Foot {...parts} />
  </>
);

/** A receipt with the essential facts. */
const Receipt = (parts: Parts) => {
  const { campaign, texts, language } = parts;
  const { goal, reward } = campaign.config;
  return (
    <div class="desk">
      <div class="lift">
        <div class="slip">
          <header class="bar">
            <BrandMark brand={campaign.brand} chosen={parts.chosen} />
          </header>
          <main>
            <Head {...parts} />
            <dl class="items">
              <div>
                <dt>{goal.type === "visit" ? texts.goal_visit : texts.goal_signup}</dt>
                <dd>{`× ${numberIn(language, goal.target)}`}</dd>
              </div>
              <div>
                <dt>{texts.how_earn}</dt>
                <dd>{rewardHeading(reward, texts, language)}</dd>
              </div>
              {campaign.config.stats && (
                <div>
                  <dt>{texts.stat_participants}</dt>
                  <dd>{numberIn(language, campaign.config.stats.participants)}</dd>
                </div>
              )}
            </dl>
            <Figures {...parts} />
            {parts.panel}
            <Steps {...parts} />
          </main>
          <Foot {...parts} />
          <div class="barcode" aria-hidden="true" />
        </div>
      </div>
    </div>
  );
};

const templates = { 1: Card, 2: Split, 3: Editorial, 4: Bold, 5: Receipt };
export const Template = ({ id, ...parts }: Parts & { id: TemplateId }) => {
  const Chosen = templates[id];
  return <Chosen {...parts} />;
};
