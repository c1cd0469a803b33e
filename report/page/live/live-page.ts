/** The panels of a run that goes on: newer data as it comes, and controls to act on the run. */
import { PAGE_SCHEMA } from '../../page-data.ts';
import type { PageData } from '../../page-data.ts';
import { viewOf } from '../../view.ts';
import { createRunPage } from '../run-page.ts';
import { connect } from './connection.ts';
import { createControls } from './controls.ts';

export function startLivePage(first: PageData): HTMLElement {
  const connection = connect();
  const controls = createControls(connection.act);
  const page = createRunPage(controls.element);
  const show = (data: PageData): void => {
    window.within.document = { version: PAGE_SCHEMA, kind: 'live', run: data };
    page.show(data);
    controls.show(viewOf(data));
  };
  show(first);
  connection.onData(show);
  connection.onState(controls.say);
  return page.element;
}
