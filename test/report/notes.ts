/** A note with a right, a misread, an unfinished, a wrong and an unreadable equation. */
export const NOTE = String.raw`# Net

$$z = W x$$

$$L = \|z\|^2$$

$$\frac{\partial L}{\partial z} = 2 z = z$$

$$\frac{\partial L}{\partial W} = \text{prod}(\frac{\partial L}{\partial z}, \frac{\partial z}{\partial W}) = z x^\top$$

$$\frac{\partial L}{\partial x} = W^\top Z$$
`;
