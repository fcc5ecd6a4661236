import { ConcreteWidget } from 'aws-cdk-lib/aws-cloudwatch';

/**
 * A widget that is asked for what it shows once the app is whole: what is built after it is shown too.
 *
 * @internal
 */
export class LateWidget extends ConcreteWidget {
  constructor(
    private readonly size: { readonly width: number; readonly height: number },
    private readonly shown: () => ConcreteWidget,
  ) {
    super(size.width, size.height);
  }

  override toJson(): unknown[] {
    const widget = this.shown();
    widget.position(this.x ?? 0, this.y ?? 0);
    return (widget.toJson() as { readonly width: number }[]).map((json) => ({ ...json, ...this.size }));
  }
}
