import { TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { FIGURE_TITLES, type ServiceFigure } from '../../../objectives/service-figures';

/** The size of a figure. @internal */
export const THIRD = { width: 8, height: 4 };

/** A figure in words. @internal */
export function said(name: ServiceFigure, ...lines: readonly string[]): TextWidget {
  return new TextWidget({ markdown: [`**${FIGURE_TITLES[name]}**`, ...lines].join('\n\n'), ...THIRD });
}
